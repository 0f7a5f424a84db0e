"""Where the name of a file leads, whether somebody else had a hand in it, and our own folders.

Why this module exists: in a folder that several people use, anyone can put a link or a pipe
under a name that is going to be written. Through the link a person's own file is lost;
into the pipe go their answers. So a name is followed step by step, and a link counts only
where nobody but its user or root can have put it there. Root is trusted because root can
read and change everything anyway, and because systems put links of their own on the way
(/tmp on a Mac, /dev/stdout).

And a folder of ours (for sessions, for preferences) that depends on where one stands is another
folder tomorrow, and what was saved in it is "not there". So a variable that names one is taken
whole: `~` is the home folder, as a shell would have it, and a relative one is refused.

It must not write, make or look into a folder, or refuse what the shell itself has opened for us:
standard output, and `>(…)`.
"""

from __future__ import annotations

import errno
import os
import re
import stat
from pathlib import Path
from typing import BinaryIO, Final

from pathfinder.errors import CantWrite, PathfinderError
from pathfinder.sanitize import clean

_MOST_LINKS: Final = 40
_OPEN_FILES: Final = re.compile(r"/proc/[0-9]+/(?:task/[0-9]+/)?fd")
WAIT_FOR_READER: Final = 2.0
"""Seconds. A shell that makes a pipe for us may start who reads it a moment later."""


def led_to(name: str) -> Path:
    """The place that `name` means, with no link left in it; what is there needn't exist.

    Raises CantWrite where a link on the way may be a stranger's, and OSError. What the shell
    has opened, such as /dev/stdout, comes back as /proc/…/fd/N: its words lead nowhere.
    """
    if os.name != "posix":
        return Path(os.path.realpath(name))
    if "\0" in name:
        raise OSError(errno.EINVAL, "no file can have such a name")
    here = Path("/") if name.startswith("/") else Path(os.getcwd())
    left = name.split("/")[::-1]
    links = 0
    while left:
        part = left.pop()
        if part == "..":
            here = here.parent
        if part in ("", ".", ".."):
            continue
        step = here / part
        if not step.is_symlink():
            here = step
            continue
        target = os.readlink(step)
        if _our_own_number(step) is not None or _leads_to_no_place(step, target):
            return step
        links += 1
        if links > _MOST_LINKS:
            raise CantWrite(f"{clean(name)} is a link that leads around in a circle.")
        _need_our_own(step, name)
        if target.startswith("/"):
            here = Path("/")
        left += target.split("/")[::-1]
    return here


def _need_our_own(link: Path, name: str) -> None:
    """Raise CantWrite for a link that its user or root didn't make, or others could exchange.

    In a folder that everybody may write in, only the sticky bit keeps a link what it is. The
    links of /proc are the system's own, whoever seems to own them in a container.
    """
    if str(link).startswith("/proc/"):
        return
    folder = os.stat(link.parent)
    shared = folder.st_mode & stat.S_IWOTH and not folder.st_mode & stat.S_ISVTX
    if not (is_ours(os.lstat(link)) and is_ours(folder)) or shared:
        through = (
            "is" if str(link) == os.path.abspath(name) else f"leads through {clean(str(link))},"
        )
        raise CantWrite(
            f"{clean(name)} {through} a link that somebody else may have put there. "
            "Name another file, or the place that it leads to."
        )


def _leads_to_no_place(link: Path, target: str) -> bool:
    """Whether it stands for what another program has open and what has no name, such as a pipe."""
    return _OPEN_FILES.fullmatch(str(link.parent)) is not None and not target.startswith("/")


def is_ours(found: os.stat_result) -> bool:
    """Whether its user, or root, owns it."""
    return found.st_uid in (0, os.geteuid())


def is_mounted(path: Path) -> bool:
    """Whether this file is one that was mounted there, as into a container."""
    try:
        mounts = Path("/proc/self/mountinfo").read_bytes().splitlines()
    except OSError:
        return False
    spelled = re.sub(rb"[ \t\n\\]", lambda found: b"\\%03o" % ord(found[0]), os.fsencode(path))
    return any(mount.split(b" ")[4] == spelled for mount in mounts)


# --- pipes and devices ------------------------------------------------------------------


def is_open_or_device(path: Path) -> bool:
    """Whether it is written to as it is, and never replaced: a pipe, a device, what is open."""
    try:
        mode = path.stat().st_mode
    except OSError:
        return False
    return _our_own_number(path) is not None or not (stat.S_ISREG(mode) or stat.S_ISDIR(mode))


def opened_to_write(path: Path, name: str) -> BinaryIO:
    """What `is_open_or_device` is true of, to be written to.

    Raises CantWrite for a pipe of somebody else, and for one that nobody reads; OSError.
    """
    if (number := _our_own_number(path)) is not None:
        return os.fdopen(os.dup(number), "wb")  # with its place in the file, as `>>` wants it
    if os.name != "posix":
        return open(path, "wb")
    _need_our_pipe(os.stat(path), name)
    handle = _opened(path, name)
    try:
        _need_our_pipe(os.fstat(handle), name)  # another may have taken its place
        os.set_blocking(handle, True)
    except BaseException:
        os.close(handle)
        raise
    return os.fdopen(handle, "wb")


def _need_our_pipe(found: os.stat_result, name: str) -> None:
    if not is_ours(found) or stat.S_ISREG(found.st_mode):
        raise CantWrite(f"{clean(name)} is a pipe or device of somebody else. Name a file.")


def _opened(path: Path, name: str) -> int:
    """Open without waiting for ever for someone who reads; nothing is written yet."""
    import time

    until = time.monotonic() + WAIT_FOR_READER
    while True:
        try:
            return os.open(path, os.O_WRONLY | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC)
        except OSError as error:
            if error.errno != errno.ENXIO or not stat.S_ISFIFO(os.stat(path).st_mode):
                raise
        if time.monotonic() >= until:
            raise CantWrite(f"{clean(name)} is a pipe, and nobody reads from it.")
        time.sleep(0.02)


def _our_own_number(path: Path) -> int | None:
    """The number under which this program has it open already: of /dev/stdout it is 1."""
    if os.name != "posix" or not (path.name.isascii() and path.name.isdigit()):
        return None
    folder, own = str(path.parent), f"/proc/{os.getpid()}/"
    ours = _OPEN_FILES.fullmatch(folder) and folder.startswith(own)
    return int(path.name) if ours or folder == "/dev/fd" else None


class NoHome(PathfinderError):
    """This user has no home folder, and no variable names another place."""


def data_folder() -> Path:
    """The folder in PATHFINDER_DATA, else the platform's for a program's data.

    Raises PathfinderError for a relative one, and where there is no home folder.
    """
    named = os.environ.get("PATHFINDER_DATA")
    if named:
        return _whole("PATHFINDER_DATA", named)
    _refuse_relative("XDG_DATA_HOME")
    # Here, and not above: only sessions need it.
    from platformdirs import user_data_path

    try:
        folder = user_data_path("pathfinder", appauthor=False)
    except (RuntimeError, KeyError):
        raise _no_home("PATHFINDER_DATA") from None
    return _absolute("HOME", _at_home("PATHFINDER_DATA", folder))


def config_folder() -> Path:
    """The folder in PATHFINDER_CONFIG_DIR, else the platform's for settings. Raises the same."""
    named = os.environ.get("PATHFINDER_CONFIG_DIR")
    if named:
        return _whole("PATHFINDER_CONFIG_DIR", named)
    _refuse_relative("XDG_CONFIG_HOME")
    # Here, and not above: most commands read no preferences.
    from platformdirs import user_config_path

    try:
        folder = user_config_path("pathfinder")
    except (RuntimeError, KeyError):
        raise _no_home("PATHFINDER_CONFIG_DIR") from None
    return _absolute("HOME", _at_home("PATHFINDER_CONFIG_DIR", folder))


def _at_home(variable: str, folder: Path) -> Path:
    """Without a home, older versions of platformdirs leave the `~` as it is."""
    if folder.parts[:1] == ("~",):
        raise _no_home(variable)
    return folder


def _whole(variable: str, named: str) -> Path:
    try:
        folder = Path(named).expanduser()
    except RuntimeError:  # no home, or none of that user
        raise _no_home(variable) from None
    return _absolute(variable, folder)


def _refuse_relative(variable: str) -> None:
    """Some versions of platformdirs take a relative one, others pass it over without a word."""
    named = os.environ.get(variable, "").strip()
    if named and os.name == "posix":
        _absolute(variable, Path(named))


def _absolute(variable: str, folder: Path) -> Path:
    if folder.is_absolute():
        return folder
    raise PathfinderError(
        f"{variable} names {clean(str(folder))}, which depends on the folder you are in. "
        "Name a whole path, such as ~/pathfinder."
    )


def _no_home(variable: str) -> NoHome:
    return NoHome(f"There is no home folder here. Name a folder in {variable}.")
