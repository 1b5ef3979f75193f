# Asked for when it is needed, so that the explanations are in the language of the shell.
command kring completion fish 2>/dev/null | source
