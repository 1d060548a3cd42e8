"""What ``-o`` names is written into or replaced whole: devices, pipes and links stay what they are, and modes stay."""

import os
import shutil
import socket
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from kg import cli
from kg.atomic import save, write, write_folder
from kg.errors import UsageError
from tests import command

ROOT = Path(__file__).parent.parent.parent
NEW = b"what is new"


def kind(path: Path) -> int:
    return stat.S_IFMT(os.lstat(path).st_mode)


def test_a_pipe_is_written_into(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    got: list[bytes] = []
    reader = threading.Thread(target=lambda: got.append(pipe.read_bytes()))
    reader.start()
    write(str(pipe), NEW, NEW)
    reader.join(5)
    assert got == [NEW + NEW]
    assert kind(pipe) == stat.S_IFIFO


def test_a_device_is_written_into(tmp_path):
    device = tmp_path / "null"
    try:
        os.mknod(device, 0o666 | stat.S_IFCHR, os.makedev(1, 3))
        device.write_bytes(b"")
    except OSError:
        pytest.skip("this user may make no device, or not use one here")
    write(str(device), NEW)
    assert kind(device) == stat.S_IFCHR
    assert sorted(os.listdir(tmp_path)) == ["null"]


def test_a_socket_is_written_into(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)  # the path of a socket must be short
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("socket")
        listening.listen()
        write("socket", NEW)
        assert listening.accept()[0].recv(100) == NEW
    assert kind(tmp_path / "socket") == stat.S_IFSOCK


@pytest.mark.parametrize("target", ["real", "folder/real", "missing"])
def test_a_link_stays_and_its_target_is_replaced(tmp_path, target):
    (tmp_path / "folder").mkdir()
    if target != "missing":
        (tmp_path / target).write_bytes(b"old")
    (tmp_path / "one").symlink_to(target)
    (tmp_path / "two").symlink_to(tmp_path / "one")
    write(str(tmp_path / "two"), NEW)
    assert (kind(tmp_path / "one"), kind(tmp_path / "two"), kind(tmp_path / target)) == (
        stat.S_IFLNK,
        stat.S_IFLNK,
        stat.S_IFREG,
    )
    assert (tmp_path / target).read_bytes() == NEW


def test_a_link_to_a_pipe_reaches_the_pipe(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link").symlink_to("pipe")
    got: list[bytes] = []
    reader = threading.Thread(target=lambda: got.append((tmp_path / "pipe").read_bytes()))
    reader.start()
    write(str(tmp_path / "link"), NEW)
    reader.join(5)
    assert (got, kind(tmp_path / "link"), kind(tmp_path / "pipe")) == ([NEW], stat.S_IFLNK, stat.S_IFIFO)


def test_a_loop_of_links_is_told(tmp_path):
    (tmp_path / "loop.html").symlink_to("loop.html")
    with pytest.raises(UsageError, match=r"Too many levels of symbolic links; name a place"):
        save(tmp_path / "loop.html", NEW, "x.html")


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o755, 0o664])
def test_the_mode_stays(tmp_path, mode):
    path = tmp_path / "file"
    path.write_bytes(b"old")
    path.chmod(mode)
    write(str(path), NEW)
    assert (stat.S_IMODE(path.stat().st_mode), path.read_bytes()) == (mode, NEW)


def test_a_new_file_has_the_mode_of_the_user(tmp_path):
    (tmp_path / "usual").touch()
    write(str(tmp_path / "new"), NEW)
    assert (tmp_path / "new").stat().st_mode == (tmp_path / "usual").stat().st_mode


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may give a file away")
def test_the_owner_stays(tmp_path):
    path = tmp_path / "file"
    path.write_bytes(b"old")
    os.chown(path, 4321, 4322)
    path.chmod(0o640)
    write(str(path), NEW)
    assert (path.stat().st_uid, path.stat().st_gid, stat.S_IMODE(path.stat().st_mode)) == (4321, 4322, 0o640)


def test_the_other_name_of_a_file_keeps_the_old_content(tmp_path):
    (tmp_path / "one").write_bytes(b"old")
    os.link(tmp_path / "one", tmp_path / "backup")
    write(str(tmp_path / "one"), NEW)
    assert ((tmp_path / "one").read_bytes(), (tmp_path / "backup").read_bytes()) == (NEW, b"old")


def test_what_a_killed_process_left_is_swept_away_and_what_is_in_use_is_not(tmp_path):
    killed = (
        "import os, signal, sys; from kg import atomic; file, _ = atomic._create(sys.argv[1], 0o666);"
        " file.write(b'half'); file.flush(); os.kill(os.getpid(), signal.SIGKILL)"
    )
    for _ in range(2):
        subprocess.run([sys.executable, "-c", killed, str(tmp_path / "out")], env=_environment(), check=False)
    in_use = subprocess.Popen(
        [
            sys.executable,
            "-c",
            killed.replace("os.kill", "print('ready', flush=True), input(), os.kill"),
            str(tmp_path / "out"),
        ],
        env=_environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    in_use.stdout.readline()
    assert len(os.listdir(tmp_path)) == 3
    write(str(tmp_path / "out"), NEW)
    assert len(os.listdir(tmp_path)) == 2
    in_use.communicate(b"\n")
    write(str(tmp_path / "out"), NEW)
    assert os.listdir(tmp_path) == ["out"]


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT / "src")}


def _shell(line: str, cwd: Path) -> tuple[int, str, str]:
    done = subprocess.run(
        ["bash", "-c", f'kg() {{ {sys.executable} -m kg "$@"; }}; {line}'],
        cwd=cwd,
        env=_environment(),
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    return done.returncode, done.stdout, done.stderr


@pytest.mark.parametrize(
    "command_line", ["kg view 'magnesium deficiency'", "kg chart foods --nutrient iron", "kg export sssom"]
)
def test_commands_write_to_descriptors(tmp_path, command_line):
    """One writer for all: through a process of the shell, and to /dev/stdout, where the name does not follow the content."""
    status, counted, _ = _shell(f"{command_line} -o >(cat > counted) && sleep 0.2; wc -c < counted", tmp_path)
    assert status == 0
    plain = _shell(f"{command_line} -o /dev/stdout", tmp_path)
    assert plain[0] == 0
    assert int(counted.split()[-1]) == len(plain[1].encode()) > 1000
    appended = _shell(f"{{ echo before; {command_line} -o /dev/stdout; }} > file", tmp_path)
    assert appended == (0, "", "")
    assert (tmp_path / "file").read_text() == "before\n" + plain[1]


def test_a_linked_data_file_stays_linked(repository):
    kept = repository.parent / "kept.ttl"
    data = min((repository / "data").rglob("*.ttl"))
    kept.write_text(data.read_text() + "\n\n\n")
    data.unlink()
    data.symlink_to(kept)
    assert command.kg("format", str(data), cwd=repository)[0] == 0
    assert data.is_symlink()
    assert not kept.read_text().endswith("\n\n")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_file_that_is_write_protected_stays(tmp_path):
    path = tmp_path / "file.html"
    path.write_bytes(b"old")
    path.chmod(0o444)
    with pytest.raises(UsageError, match="cannot be written"):
        save(path, NEW, "x.html")
    assert path.read_bytes() == b"old"


@pytest.mark.parametrize("words", [["export", "kgx"], ["build"], ["demo"]])
def test_standard_output_holds_one_file_alone(tmp_path, words):
    status, out, told = command.kg(*words, "-o", "-", cwd=tmp_path)
    assert (status, out, told.count("\n")) == (2, "", 1)
    assert "with -o " in told
    assert os.listdir(tmp_path) == []


@pytest.fixture
def full(monkeypatch):
    """A disk that is full once so many files were written."""

    def fills(after: int) -> None:
        left = iter(range(after))

        def flush(_: int) -> None:
            if next(left, None) is None:
                raise OSError(28, "No space left on device")

        monkeypatch.setattr(os, "fsync", flush)

    return fills


@pytest.mark.parametrize("after", [0, 1, 2])
def test_several_files_are_written_all_or_none(tmp_path, full, after):
    (tmp_path / "there").mkdir()
    (tmp_path / "there" / "a").write_text("old")
    files = [("a", [NEW]), ("deep/er/b", [NEW]), ("deep/c", [NEW])]
    full(after)
    for folder in ("there", "new/folder"):
        with pytest.raises(OSError, match="No space left"):
            write_folder(str(tmp_path / folder), files)
    assert sorted(str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*")) == ["there", "there/a"]
    assert (tmp_path / "there" / "a").read_text() == "old"
    full(6)
    assert write_folder(str(tmp_path / "there"), files) == ["a", "deep/er/b", "deep/c"]
    assert {path.read_bytes() for path in (tmp_path / "there").rglob("*") if path.is_file()} == {NEW}


@pytest.mark.parametrize(
    "words",
    [
        "export kgx -o new/folder",
        "export csv -o new/claims.csv",
        "export graphml -o claims.graphml",
        "view magnesium -o page.html",
        "import --template claims -o sheet.xlsx",
    ],
)
def test_a_full_disk_is_a_failure_and_leaves_nothing(tmp_path, monkeypatch, capsys, repository, full, words):
    folder = tmp_path / "out"
    folder.mkdir()
    monkeypatch.chdir(folder)
    full(1 if "kgx" in words else 0)
    assert cli.main(["--source", str(repository), *words.split()]) == 3
    out, told = capsys.readouterr()
    assert (out, told.count("\n"), "No space left on device" in told) == ("", 1, True)
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize(
    "words", ["export csv -o {}/a/b.csv", "export kgx -o {}", "build -o {}", "view magnesium -o {}/a.html"]
)
def test_a_name_that_no_file_can_have_is_wrong_use(tmp_path, capsys, repository, words):
    (tmp_path / "file").write_text("old")
    assert cli.main(["--source", str(repository), *words.format(tmp_path / "file").split()]) == 2
    assert capsys.readouterr().err.count("\n") == 1
    assert (tmp_path / "file").read_text() == "old"


@pytest.mark.parametrize("words", ["export csv -o", "export kgx -o", "build -o", "chart foods -o", "view magnesium -o"])
def test_an_empty_name_is_wrong_use(tmp_path, monkeypatch, capsys, repository, words):
    folder = tmp_path / "out"
    folder.mkdir()
    monkeypatch.chdir(folder)
    assert cli.main(["--source", str(repository), *words.split(), ""]) == 2
    assert (capsys.readouterr().err.count("\n"), list(folder.iterdir())) == (1, [])


@pytest.mark.parametrize(
    "words",
    ["export nt -o ~/new", "export kgx -o ~/new", "build -o ~/new", "chart foods --nutrient magnesium -o ~/new", "init ~/new"],
)
def test_the_home_folder_is_meant_wherever_a_path_is_given(tmp_path, monkeypatch, capsys, repository, words):
    home, elsewhere = tmp_path / "home", tmp_path / "elsewhere"
    home.mkdir()
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    monkeypatch.setenv("HOME", str(home))
    source = [] if words.startswith("init") else ["--source", str(repository)]
    assert cli.main([*source, *words.split()]) == 0, capsys.readouterr().err
    assert ([path.name for path in home.iterdir()], list(elsewhere.iterdir())) == (["new"], [])
    assert str(home / "new") in capsys.readouterr().out


def test_a_name_that_ends_as_a_folder_is_no_file(tmp_path, monkeypatch, capsys, repository):
    monkeypatch.chdir(tmp_path)
    assert cli.main(["--source", str(repository), "export", "csv", "-o", "new/"]) == 2
    assert capsys.readouterr().err == "kg: new/ is a folder: name a file in it\n"
    assert not (tmp_path / "new").exists()


def test_the_graph_that_the_environment_names_is_the_one_that_is_written_and_checked(repository, tmp_path, monkeypatch):
    elsewhere = tmp_path / "elsewhere"
    shutil.copytree(repository, elsewhere)
    before = {path: path.read_bytes() for path in elsewhere.rglob("*.ttl")}
    monkeypatch.setenv("KG_SOURCE", str(repository))
    state = (
        "--kind",
        "Sign",
        "--definition",
        "Spots without a name.",
        "--of",
        "myelin maintenance",
        "--deviation",
        "disordered",
    )
    status, place, told = command.kg("new", "term", "odd mark", *state, "--write", cwd=elsewhere)
    assert status == 0, told
    assert "kg:odd-mark a kg:Sign" in (repository / place.strip().rpartition(":")[0]).read_text()
    assert {path: path.read_bytes() for path in elsewhere.rglob("*.ttl")} == before
    assert command.kg("validate", cwd=elsewhere)[2].endswith(f" of {repository}\n")


@pytest.mark.parametrize("words", [("rename", "muscle cramp", "cramped muscle"), ("format",), ("build",), ("validate",)])
def test_an_endpoint_that_the_environment_names_is_not_written_to(repository, monkeypatch, words):
    monkeypatch.setenv("KG_SOURCE", "http://127.0.0.1:1/sparql")
    status, out, told = command.kg(*words, cwd=repository)
    assert (status, out) == (2, "")
    assert told.startswith("kg: ")
    assert told.endswith(", or unset KG_SOURCE, which names this graph\n")
