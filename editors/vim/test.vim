" Writes what :make finds in the current folder to $OUT, one finding a line, separated by tabs:
" path, line, severity, rule, the text from the column on.
set encoding=utf-8 shortmess+=A noswapfile
let s:severities = {'e': 'error', 'w': 'warning'}

function! s:Found()
  let lines = []
  for item in getqflist()
    if !item.valid
      call add(lines, 'not understood: ' . item.text)
      continue
    endif
    let [all, rule; rest] = matchlist(item.text, '^\[\([a-z-]\+\)\] .')
    execute 'buffer' item.bufnr
    let text = ''
    if item.lnum
      call cursor(item.lnum, item.col)
      let text = strpart(getline('.'), col('.') - 1)
    endif
    let line = item.lnum ? item.lnum : '-'
    call add(lines, join([bufname(item.bufnr), line, s:severities[item.type], rule, text], "\t"))
  endfor
  return lines
endfunction

try
  compiler! frontlint
  silent make!
  let s:lines = s:Found()
  for s:page in ['page.md', 'sans en-tête.md']
    execute 'edit' fnameescape(s:page)
    silent make! %:S
    if s:Found() !=# filter(copy(s:lines), 'stridx(v:val, s:page) == 0')
      call add(s:lines, 'not the same by :make %:S: ' . s:page)
    endif
  endfor
  " A finding about a file as a whole.
  execute 'silent make!' shellescape('sans cible.markdown')
  if s:Found() !=# ["sans cible.markdown\t-\terror\tunreadable-file\t"]
    call extend(s:lines, s:Found())
  endif
catch
  let s:lines = [v:throwpoint, v:exception]
endtry
call writefile(s:lines, $OUT)
qall!
