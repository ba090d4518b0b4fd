;;; test.el --- Writes what Flymake shows  -*- lexical-binding: t; -*-

;; For each page in the current folder, to $OUT, one diagnostic a line, separated by tabs: path,
;; line, severity, rule, the text in the range.

(defun test-found (path)
  "The lines for the page at PATH."
  (with-current-buffer (find-file-noselect path)
    (flymake-frontlint-setup)
    (flymake-start)
    (with-timeout (20 (error "Waited in vain: %s" path))
      (while (not (flymake-diagnostics)) (accept-process-output nil 0.05)))
    (mapcar
     (lambda (it)
       (let* ((beg (flymake-diagnostic-beg it))
              (end (flymake-diagnostic-end it))
              (text (flymake-diagnostic-text it))
              (empty (string-match-p "\\[missing-front-matter\\]\\'" text)))
         (string-match "\\[\\([a-z-]+\\)\\]\\'" text)
         (mapconcat #'identity
                    (list path
                          (number-to-string (line-number-at-pos beg))
                          (substring (symbol-name (flymake-diagnostic-type it)) 1)
                          (match-string 1 text)
                          (if empty "" (buffer-substring-no-properties beg end)))
                    "\t")))
     (flymake-diagnostics))))

(defun test-typed ()
  "Whether what is typed counts, and not what is on the disk."
  (with-current-buffer (find-file-noselect "crlf.md")
    (goto-char (point-min))
    (search-forward ", mail:")
    (replace-match ", email:")
    (flymake-start)
    (with-timeout (20 (error "Waited in vain for a mended buffer"))
      (while (flymake-diagnostics) (accept-process-output nil 0.05)))))

(let* ((coding-system-for-write 'utf-8-unix)
       (lines (condition-case problem
                  (prog1 (apply #'append (mapcar #'test-found (file-expand-wildcards "*.md")))
                    (test-typed))
                (error (list (error-message-string problem))))))
  (with-temp-file (getenv "OUT")
    (insert (mapconcat #'identity lines "\n") "\n")))
