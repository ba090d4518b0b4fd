--- Shows what frontlint finds in a page as diagnostics, while the page is edited.
---
---     require("frontlint").setup()
---
--- Needs Neovim 0.7 or newer and `frontlint` on the PATH.

local M = {}

local namespace = vim.api.nvim_create_namespace("frontlint")
local severities = {
  error = vim.diagnostic.severity.ERROR,
  warning = vim.diagnostic.severity.WARN,
}
local options = {
  command = "frontlint",
  pattern = { "*.md", "*.markdown", "*.mdown", "*.mkd", "*.mkdn", "*.mdx" },
  --- How long to wait after a change, in milliseconds.
  delay = 150,
}
--- The running check of each buffer.
local jobs = {}

--- The bytes that writing the buffer would give.
local function bytes(buffer)
  local settings = vim.bo[buffer]
  local ending = ({ dos = "\r\n", mac = "\r" })[settings.fileformat] or "\n"
  local text = table.concat(vim.api.nvim_buf_get_lines(buffer, 0, -1, false), ending)
  return (settings.bomb and "\239\187\191" or "") .. text .. (settings.endofline and ending or "")
end

local function diagnostic(finding, name)
  local message = finding.message
  if finding.help then
    message = message .. "\n" .. finding.help
  end
  local first = finding.start or { line = 1, column = 1 }
  local last = finding["end"] or first
  -- A broken frontlint.toml speaks up here too, and has no place in this buffer.
  if vim.fn.fnamemodify(finding.path, ":p") ~= name then
    message = string.format("%s:%d: %s", finding.path, first.line, message)
    first = { line = 1, column = 1 }
    last = first
  end
  return {
    lnum = first.line - 1,
    col = first.column - 1,
    end_lnum = last.line - 1,
    end_col = last.column - 1,
    severity = severities[finding.severity],
    message = message,
    source = "frontlint",
    code = finding.rule,
    user_data = { frontlint = finding },
  }
end

local function show(buffer, name, output, errors)
  local ok, findings = pcall(vim.json.decode, output, { luanil = { object = true } })
  if not ok then
    vim.notify("frontlint: " .. errors, vim.log.levels.ERROR)
    return
  end
  local shown = vim.tbl_map(function(finding)
    return diagnostic(finding, name)
  end, findings)
  vim.diagnostic.set(namespace, buffer, shown)
end

--- Checks a buffer (the current one, if none is given) as it stands, without writing it.
function M.check(buffer)
  buffer = (buffer == nil or buffer == 0) and vim.api.nvim_get_current_buf() or buffer
  local name = vim.api.nvim_buf_get_name(buffer)
  if name == "" or vim.bo[buffer].buftype ~= "" then
    return
  end
  if jobs[buffer] then
    vim.fn.jobstop(jobs[buffer])
  end
  local tick = vim.api.nvim_buf_get_changedtick(buffer)
  local output, errors = "", ""
  local started, job = pcall(vim.fn.jobstart, {
    options.command, "check", "-", "--stdin-filename", name, "--quiet", "--color", "never",
    "--output-format", "json", "--column-unit", "byte",
  }, {
    stdout_buffered = true,
    stderr_buffered = true,
    on_stdout = function(_, data)
      output = table.concat(data, "\n")
    end,
    on_stderr = function(_, data)
      errors = table.concat(data, "\n")
    end,
    on_exit = function(id)
      if jobs[buffer] ~= id then
        return
      end
      jobs[buffer] = nil
      if vim.api.nvim_buf_is_valid(buffer) and vim.api.nvim_buf_get_changedtick(buffer) == tick then
        show(buffer, name, output, errors)
      end
    end,
  })
  if not started or job <= 0 then
    vim.notify_once("frontlint: cannot run `" .. options.command .. "`", vim.log.levels.WARN)
    return
  end
  jobs[buffer] = job
  vim.fn.chansend(job, bytes(buffer))
  vim.fn.chanclose(job, "stdin")
end

--- Checks pages when they are opened and after each change. `user` may hold `command`, `pattern`
--- and `delay`.
function M.setup(user)
  options = vim.tbl_extend("force", options, user or {})
  local group = vim.api.nvim_create_augroup("frontlint", {})
  local waiting = {}
  vim.api.nvim_create_autocmd({ "BufReadPost", "BufWritePost", "TextChanged", "TextChangedI" }, {
    group = group,
    pattern = options.pattern,
    callback = function(event)
      local buffer = event.buf
      waiting[buffer] = (waiting[buffer] or 0) + 1
      local turn = waiting[buffer]
      vim.defer_fn(function()
        if waiting[buffer] == turn and vim.api.nvim_buf_is_valid(buffer) then
          M.check(buffer)
        end
      end, options.delay)
    end,
  })
end

return M
