"""`ustm completion`: the script that teaches a shell to complete commands, options and ids."""

from __future__ import annotations

from typing import Annotated

import typer

from ustm_cli.cli.faults import UseFault
from ustm_cli.cli.session import Session

# Every script asks `ustm _complete`, since only the plans know the ids. `@` parts words in bash: what stands before
# the last one is cut off the answers there.
BASH = r"""# ustm completion bash >> ~/.bashrc
_ustm() {
  local line="${COMP_LINE:0:COMP_POINT}" cur="" cut="" one
  local -a typed
  read -r -a typed <<< "$line"
  local -a next=()
  if [[ "$line" == *[[:space:]] ]]; then next=(--next); else cur="${typed[${#typed[@]}-1]}"; fi
  if [[ "$COMP_WORDBREAKS" == *@* && "$cur" == *@* ]]; then cut="${cur%"${cur##*@}"}"; fi
  COMPREPLY=()
  while IFS= read -r one; do
    COMPREPLY+=("${one#"$cut"}")
  done < <("${typed[0]}" _complete "${next[@]}" -- "${typed[@]:1}" 2>/dev/null)
}
complete -o default -F _ustm ustm
"""
ZSH = r"""#compdef ustm
# ustm completion zsh > "${fpath[1]}/_ustm"
_ustm() {
  local -a found
  found=(${(f)"$("${words[1]}" _complete -- "${(@)words[2,CURRENT]}" 2>/dev/null)"})
  if (( ${#found} )); then compadd -- "${found[@]}"; else _files; fi
}
if [[ "${funcstack[1]}" == _ustm ]]; then _ustm "$@"; else compdef _ustm ustm; fi
"""
FISH = r"""# ustm completion fish > ~/.config/fish/completions/ustm.fish
function __ustm_complete
    set -l typed (commandline -opc)
    ustm _complete -- $typed[2..-1] (commandline -ct) 2>/dev/null
end
complete -c ustm -f -a '(__ustm_complete)'
for option in plan to out textconv templates
    complete -c ustm -l $option -r -F
end
"""
POWERSHELL = r"""# ustm completion powershell >> $PROFILE
Register-ArgumentCompleter -Native -CommandName ustm -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $typed = @($commandAst.CommandElements | Select-Object -Skip 1 | ForEach-Object { $_.ToString() })
    $next = if ($wordToComplete -eq '') { @('--next') } else { @() }
    ustm _complete @next -- @typed 2>$null | ForEach-Object {
        [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
    }
}
"""
SCRIPTS = {"bash": BASH, "zsh": ZSH, "fish": FISH, "powershell": POWERSHELL}


def completion(
    context: typer.Context,
    shell: Annotated[str, typer.Argument(metavar="bash|zsh|fish|powershell", help="เชลล์ที่ใช้")],
) -> None:
    """สคริปต์ให้เชลล์เติมคำสั่ง ตัวเลือก และรหัสงาน"""
    session: Session = context.obj
    if shell not in SCRIPTS:
        raise UseFault("bad_choice", option="SHELL", value=shell, known=", ".join(SCRIPTS))
    session.say(SCRIPTS[shell])
