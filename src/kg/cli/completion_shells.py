"""The completion scripts of bash, zsh and fish, made from what the commands declare."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from kg.cli.completion_words import FILE, Command, Value, global_options

#: The options before a command that take a value, for a scan of the words.
_WITH_VALUE = "--source|--format|--timeout|--lang|--release"


def bash(known: list[Command]) -> str:
    """A completion for bash (also of version 3)."""
    return f"""# bash completion of kg; source it, or put it into the folder of completions
_kg() {{
  local current="${{COMP_WORDS[COMP_CWORD]}}" before="${{COMP_WORDS[COMP_CWORD-1]}}"
  local command="" question="" source="" words="" kind="" options="" word at line plain
  local IFS=$' \\t\\n'  # which somebody may have set to line breaks alone
  for ((at = 1; at < COMP_CWORD; at++)); do
    word="${{COMP_WORDS[at]}}"
    case "$word" in
      --source) ((at++)); [[ "${{COMP_WORDS[at]}}" == "=" ]] && ((at++)); source="${{COMP_WORDS[at]}}" ;;
      {_WITH_VALUE}) ((at++)); [[ "${{COMP_WORDS[at]}}" == "=" ]] && ((at++)) ;;
      -*) ;;
      *) if [[ -z "$command" ]]; then command="$word"; elif [[ "$command" == query && -z "$question" ]]; then question="$word"; fi ;;
    esac
  done
  if [[ "$current" == "=" ]]; then current=""
  elif [[ "$before" == "=" ]] && ((COMP_CWORD > 1)); then before="${{COMP_WORDS[COMP_CWORD-2]}}"
  fi
{_choose(known, "before")}
  COMPREPLY=()
  if [[ "$current" == -* ]]; then COMPREPLY=($(compgen -W "$options" -- "$current")); return; fi
  COMPREPLY=($(compgen -W "$words" -- "$current"))
  case "$kind" in
    "") return ;;
    {FILE}) compopt -o filenames 2>/dev/null; while IFS= read -r line; do COMPREPLY+=("$line"); done < <(compgen -f -- "$current"); return ;;
  esac
  plain="${{current//\\\\/}}"; plain="${{plain#[\\"\\']}}"
  while IFS= read -r line; do
    case "$current" in
      \\"*|\\'*) COMPREPLY+=("$line") ;;
      *) COMPREPLY+=("$(printf %q "$line")") ;;
    esac
  done < <("${{COMP_WORDS[0]/#\\~/$HOME}}" ${{source:+--source "$source"}} completion names "$kind" "$plain" 2>/dev/null)
}}
complete -F _kg kg nutrition-kg
"""


def zsh(known: list[Command]) -> str:
    """A completion for zsh."""
    named = "\n".join(f"    {_quote(f'{one.name}:{one.about}')}" for one in known)
    return f"""#compdef kg nutrition-kg
_kg() {{
  local command="" question="" source="" before="" kind="" options="" word last=""
  local -a commands found
  local listed=""
  commands=(
{named}
  )
  for word in "${{(@)words[2,CURRENT-1]}}"; do
    if [[ -n "$last" ]]; then [[ "$last" == --source ]] && source="$word"; last=""; continue; fi
    case "$word" in
      {_WITH_VALUE}) last="$word" ;;
      --source=*) source="${{word#*=}}" ;;
      -*) ;;
      *) if [[ -z "$command" ]]; then command="$word"; elif [[ "$command" == query && -z "$question" ]]; then question="$word"; fi ;;
    esac
  done
  before="${{words[CURRENT-1]}}"
  if [[ "$PREFIX" == --*=* ]]; then before="${{PREFIX%%=*}}"; compset -P '*='; fi
{_choose(known, "before", "listed")}
  if [[ "$PREFIX" == -* ]]; then compadd -- ${{=options}}; return; fi
  if [[ -z "$command" && "$before" != --* ]]; then _describe command commands; return; fi
  compadd -- ${{=listed}}
  case "$kind" in
    "") ;;
    {FILE}) _files ;;
    *) found=("${{(@f)$("${{words[1]}}" ${{source:+--source}} ${{source:+"${{(Q)source}}"}} completion names "$kind" "${{(Q)PREFIX}}" 2>/dev/null)}}")
       found=("${{(@)found:#}}")
       compadd -M 'm:{{a-zA-Z}}={{A-Za-z}}' -a found ;;
  esac
}}
if (( $+functions[compdef] )); then compdef _kg kg nutrition-kg; fi
"""


def fish(known: list[Command]) -> str:
    """A completion for fish."""
    lines = [
        "# fish completion of kg",
        "function __kg_words",
        "  set -l skip",
        "  for word in (commandline -opc)[2..-1]",
        '    if test -n "$skip"; set skip; continue; end',
        "    switch $word",
        f"      case {_WITH_VALUE.replace('|', ' ')}; set skip 1",
        "      case '-*'",
        "      case '*'; echo -- $word",
        "    end",
        "  end",
        "end",
        "function __kg_is",
        "  set -l words (__kg_words)",
        "  if test (count $argv) -eq 0; test (count $words) -eq 0; return; end",
        '  test "$words" = "$argv"; or string match -q -- "$argv *" "$words"',
        "end",
        "function __kg_names",
        "  set -l source",
        "  set -l all (commandline -opc)",
        "  if set -l at (contains -i -- --source $all); set source --source $all[(math $at + 1)]; end",
        "  command $all[1] $source completion names $argv (commandline -ct | string replace -r '^--[^=]*=' '' | string replace -ra '[\"\\'\\\\\\\\]' '') 2>/dev/null",
        "end",
        "complete -c kg -f",
        "complete -c kg -n __kg_is -l version -d 'print the versions'",
        "complete -c kg -n __kg_is -l release -x -a '(__kg_names release)'",
        *_fish_options("__kg_is", _global(known)),
    ]
    for one in known:
        lines.append(f"complete -c kg -n __kg_is -a {one.name} -d {_quote(one.about)}")
        here = f"'__kg_is {one.name}'"
        if one.value.words:
            lines.append(f"complete -c kg -n {here} -a {_quote(' '.join(one.value.words))}")
        if one.value.kind:
            lines.append(f"complete -c kg -n {here} {_fish_kind(one.value.kind)}")
        lines += _fish_options(here, one.options)
        for question, options in one.questions.items():
            lines += _fish_options(f"'__kg_is query {question}'", options)
    return "\n".join([*lines, "complete -c nutrition-kg -w kg"]) + "\n"


def _fish_options(here: str, options: Mapping[str, Value | None]) -> Iterable[str]:
    for option, value in options.items():
        line = f"complete -c kg -n {here} {'-l' if option.startswith('--') else '-s'} {option.lstrip('-')}"
        if value is None:
            yield line
        elif value.words:
            yield f"{line} -x -a {_quote(' '.join(value.words))}"
        elif value.kind:
            yield f"{line} -r {_fish_kind(value.kind)}"
        else:
            yield f"{line} -x"


def _fish_kind(kind: str) -> str:
    return "-F" if kind == FILE else f"-f -a '(__kg_names {kind})'"


def _choose(known: list[Command], before: str, listed: str = "words") -> str:
    """The statements, alike in bash and zsh, that set what may follow: words, the kind of names, and options."""
    first = " ".join([*global_options(), "--release", "--version"])
    lines = ['  case "$command" in', f'    "") {listed}="{" ".join(one.name for one in known)}" options="{first}" ;;']
    for one in known:
        lines.append(f'    {one.name}) {_set(one.value, listed)} options="{" ".join(one.options)}" ;;')
    lines.append("  esac")
    for one in (found for found in known if found.questions):
        lines += [
            f'  if [[ "$command" == {one.name} && -n "$question" ]]; then',
            f'    {listed}="" kind=""',
            '    case "$question" in',
        ]
        for question, options in one.questions.items():
            if options:
                lines.append(f'      {question}) options="$options {" ".join(options)}" ;;')
        lines += ["    esac", "  fi"]
    lines.append(f'  case "$command $question ${before}" in')
    for one in known:
        for question, options in one.questions.items():
            lines += _cases(f"{one.name} {question}", options, listed)
    lines.append("  esac")
    lines.append(f'  case "$command ${before}" in')
    shared = {**_global(known), "--release": Value((), "release")}
    lines += _cases("", shared, listed)
    for one in known:
        lines += _cases(
            one.name, {name: value for name, value in one.options.items() if name not in shared or name == "--format"}, listed
        )
    for name in ("--source", "--lang", "--timeout"):
        lines += [f'    *" {name}") {_set(shared[name] or Value(), listed)} ;;']
    return "\n".join([*lines, "  esac"])


def _global(known: list[Command]) -> dict[str, Value | None]:
    """The options before a command, of which the form of the output may be any."""
    forms = (form for one in known for form in (one.options["--format"] or Value()).words)
    return global_options(tuple(dict.fromkeys(forms)))


def _cases(command: str, options: Mapping[str, Value | None], listed: str) -> list[str]:
    return [f'    "{command} {option}") {_set(value, listed)} ;;' for option, value in options.items() if value is not None]


def _set(value: Value, listed: str) -> str:
    return f'{listed}="{" ".join(value.words)}" kind="{value.kind}"'


def _quote(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "'\\''") + "'"


SHELLS: dict[str, Callable[[list[Command]], str]] = {"bash": bash, "zsh": zsh, "fish": fish}
"""The shells that a completion is written for."""
