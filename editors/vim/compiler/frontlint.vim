" Vim compiler plugin: frontlint, a linter for front matter
"
" :compiler! frontlint, then :make checks the site, :make %:S only this file.
" Columns are bytes, as Vim counts them.

if exists('current_compiler')
  finish
endif
let current_compiler = 'frontlint'

let s:cpo_save = &cpo
set cpo&vim

CompilerSet makeprg=frontlint\ check\ --quiet\ --color\ never\ --output-format\ concise\ --column-unit\ byte
" The second pair is for findings about a file as a whole, which have no line.
CompilerSet errorformat=%f:%l:%c:\ %trror%m,%f:%l:%c:\ %tarning%m,%f:\ %trror%m,%f:\ %tarning%m

let &cpo = s:cpo_save
unlet s:cpo_save
