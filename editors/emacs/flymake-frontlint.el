;;; flymake-frontlint.el --- Flymake backend for frontlint  -*- lexical-binding: t; -*-

;; Package-Requires: ((emacs "26.1"))
;; SPDX-License-Identifier: MIT OR Apache-2.0

;;; Commentary:

;; Checks the front matter of the page in the buffer while it is edited:
;;
;;     (add-hook 'markdown-mode-hook #'flymake-frontlint-setup)

;;; Code:

(require 'flymake)
(require 'json)

(defgroup flymake-frontlint nil
  "Flymake backend for frontlint."
  :group 'flymake)

(defcustom flymake-frontlint-program "frontlint"
  "The program to run."
  :type 'string)

(defvar-local flymake-frontlint--process nil
  "The running check of this buffer.")

(defun flymake-frontlint--position (place)
  "The buffer position of PLACE, an alist of a line and a column."
  (goto-char (point-min))
  (forward-line (1- (alist-get 'line place)))
  (min (+ (point) (1- (alist-get 'column place)))
       (line-end-position)))

(defun flymake-frontlint--diagnostic (source name finding)
  "Make a diagnostic of FINDING for the buffer SOURCE, which visits NAME."
  (with-current-buffer source
    (save-excursion
      (save-restriction
        (widen)
        (let* ((start (alist-get 'start finding))
               (path (alist-get 'path finding))
               ;; A broken frontlint.toml speaks up here too, and has no place in this buffer.
               (own (string= (expand-file-name path) name))
               (beg (if (and own start) (flymake-frontlint--position start) (point-min)))
               (end (if (and own start)
                        (flymake-frontlint--position (alist-get 'end finding))
                      beg))
               (text (mapconcat #'identity
                                (delq nil (list (alist-get 'message finding)
                                                (alist-get 'help finding)))
                                "\n")))
          (flymake-make-diagnostic
           source beg (max end (min (1+ beg) (point-max)))
           (if (string= (alist-get 'severity finding) "error") :error :warning)
           (format "%s [%s]"
                   (if own text
                     (format "%s:%s: %s" path (or (alist-get 'line start) 1) text))
                   (alist-get 'rule finding))))))))

(defun flymake-frontlint--findings ()
  "The findings that the current buffer holds as JSON."
  (goto-char (point-min))
  (let ((json-object-type 'alist) (json-array-type 'list) (json-key-type 'symbol)
        (json-null nil) (json-false nil))
    (json-read)))

(defun flymake-frontlint (report-fn &rest _args)
  "Check the front matter of the current buffer and give it to REPORT-FN."
  (unless (executable-find flymake-frontlint-program)
    (error "Cannot find %s" flymake-frontlint-program))
  (when (process-live-p flymake-frontlint--process)
    (kill-process flymake-frontlint--process))
  (let ((source (current-buffer))
        (name (expand-file-name buffer-file-name)))
    (setq flymake-frontlint--process
          (make-process
           :name "frontlint"
           :buffer (generate-new-buffer " *frontlint*")
           :stderr (get-buffer-create " *frontlint stderr*")
           :noquery t
           :connection-type 'pipe
           ;; What is sent is what saving the buffer would write.
           :coding (cons 'utf-8-unix (or buffer-file-coding-system 'utf-8-unix))
           :command (list flymake-frontlint-program "check" "-" "--stdin-filename" name
                          "--quiet" "--color" "never" "--output-format" "json")
           :sentinel
           (lambda (process _event)
             (when (memq (process-status process) '(exit signal))
               (unwind-protect
                   (when (and (buffer-live-p source)
                              (eq process (buffer-local-value 'flymake-frontlint--process source)))
                     (let ((findings (with-current-buffer (process-buffer process)
                                       (condition-case nil (flymake-frontlint--findings)
                                         (error 'unreadable)))))
                       (if (eq findings 'unreadable)
                           (funcall report-fn :panic :explanation "frontlint gave no findings")
                         (with-current-buffer source
                           (funcall report-fn
                                    (mapcar (lambda (finding)
                                              (flymake-frontlint--diagnostic source name finding))
                                            findings))))))
                 (kill-buffer (process-buffer process)))))))
    (save-restriction
      (widen)
      (process-send-region flymake-frontlint--process (point-min) (point-max)))
    (process-send-eof flymake-frontlint--process)))

;;;###autoload
(defun flymake-frontlint-setup ()
  "Check the front matter of this buffer with Flymake."
  (interactive)
  (when buffer-file-name
    (add-hook 'flymake-diagnostic-functions #'flymake-frontlint nil t)
    (flymake-mode 1)))

(provide 'flymake-frontlint)
;;; flymake-frontlint.el ends here
