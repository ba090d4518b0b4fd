-- Writes the diagnostics of the pages in the current folder to $OUT, one a line, separated by
-- tabs: path, line, severity, rule, the text in the range.
local names = { "error", "warning" }
local lines = {}

local function wait_for(buffer, wanted)
  local came = vim.wait(20000, function()
    return wanted(vim.diagnostic.get(buffer))
  end, 20)
  if not came then
    table.insert(lines, "waited in vain: " .. vim.api.nvim_buf_get_name(buffer))
  end
  return vim.diagnostic.get(buffer)
end

local function any(found)
  return #found > 0
end

local function test()
  for _, path in ipairs(vim.fn.glob("*.md", false, true)) do
    vim.cmd("edit " .. vim.fn.fnameescape(path))
    local buffer = vim.api.nvim_get_current_buf()
    for _, it in ipairs(wait_for(buffer, any)) do
      local text = vim.api.nvim_buf_get_text(buffer, it.lnum, it.col, it.end_lnum, it.end_col, {})
      local fields = { path, it.lnum + 1, names[it.severity], it.code, table.concat(text, "\n") }
      table.insert(lines, table.concat(fields, "\t"))
    end
  end

  -- What is typed counts, not what is on the disk.
  vim.cmd("edit crlf.md")
  local buffer = vim.api.nvim_get_current_buf()
  wait_for(buffer, any)
  vim.cmd([[%s/mail:/email:/]])
  vim.api.nvim_exec_autocmds("TextChanged", { buffer = buffer })
  wait_for(buffer, function(found)
    return #found == 0
  end)
  vim.cmd([[%s/email:/mail:/]])
  vim.api.nvim_exec_autocmds("TextChanged", { buffer = buffer })
  wait_for(buffer, any)
end

local ok, problem = pcall(test)
if not ok then
  table.insert(lines, problem)
end
vim.fn.writefile(lines, vim.env.OUT)
vim.cmd("qall!")
