"""Run one command and make sure that it, and all it starts, ends when the process that asked for it ends.

Run as a script by `PortableTether`, with nothing but psutil and the standard library:

    python -I _portable_supervisor.py MARK GRACE_SECONDS COMMAND_AS_JSON

Standard input is a pipe that the parent holds. A word in it, its end, or the end of the parent ends the command: it is
asked to (SIGTERM; on Windows Ctrl-Break), and after the grace it is killed. The command's process id, or why it could
not be started, is written to standard output, which is then closed; what the command prints goes to standard error.
Its exit code is passed on, 128+N for signal N.

Its processes are those below it, and all that inherited the mark in their environment: on POSIX a daemon is found
by that. On Windows they are in a job object as well, which the system ends with this process.
"""

import contextlib
import ctypes
import json
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable

import psutil

if sys.platform == "win32":
    _FLAGS = subprocess.CREATE_NEW_PROCESS_GROUP
else:
    _FLAGS = 0
_VARIABLE = "_INBOXWRIGHT_PROCESSES_OF"
_CANNOT_RUN = 127  # as a shell says it
_KILLED = 128 + 9
_LOOK_AGAIN = 1.0
"""Seconds: a process that the parent forked can hold the pipe open after the parent's death."""
_LAST = 2.0
"""Seconds in which killed processes are to be gone."""


def end(pid: int, mark: str, *, grace: float) -> None:
    """End the process, what is below it or in its session, and what has the mark."""
    for process in (asked := _all(pid, mark)):
        _ask(process)
    _wait(asked, grace)
    deadline = time.monotonic() + _LAST
    while (left := _all(pid, mark)) and time.monotonic() < deadline:
        for process in left:
            with contextlib.suppress(psutil.Error):
                process.kill()
        _wait(left, 0.2)


def _wait(processes: list[psutil.Process], seconds: float) -> None:
    """Until none of them runs. Not by psutil's own wait, which would take a child's exit code from its Popen."""
    deadline = time.monotonic() + seconds
    while any(map(_runs, processes)) and time.monotonic() < deadline:
        threading.Event().wait(0.01)


def _all(pid: int, mark: str) -> list[psutil.Process]:
    found: set[psutil.Process] = set()
    with contextlib.suppress(psutil.Error):
        top = psutil.Process(pid)
        found |= {top, *top.children(recursive=True)}
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error, OSError):
            if _session(process.pid) == pid or process.environ().get(_VARIABLE) == mark:
                found.add(process)
    return [process for process in found if _runs(process)]


def _session(pid: int) -> int | None:
    if sys.platform == "win32":
        return None
    return os.getsid(pid)


def _runs(process: psutil.Process) -> bool:
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.Error:
        return False


def _ask(process: psutil.Process) -> None:
    with contextlib.suppress(psutil.Error, OSError):
        if sys.platform == "win32":
            process.send_signal(signal.CTRL_BREAK_EVENT)  # reaches the group; who is not its head refuses it
        else:
            process.terminate()


def _hold_in_job() -> None:
    """This process, and all that it starts, in a job object that ends with its only handle, which is ours."""
    if sys.platform == "win32":
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.CreateJobObjectW.restype = kernel.GetCurrentProcess.restype = ctypes.c_void_p
        job = ctypes.c_void_p(kernel.CreateJobObjectW(None, None))
        limits = (ctypes.c_byte * (144 if ctypes.sizeof(ctypes.c_void_p) == 8 else 112))()
        # JOBOBJECT_EXTENDED_LIMIT_INFORMATION: LimitFlags stand at 16; JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE
        ctypes.c_uint32.from_buffer(limits, 16).value = 0x2000
        extended = 9  # JobObjectExtendedLimitInformation
        kernel.SetInformationJobObject(job, extended, ctypes.byref(limits), ctypes.sizeof(limits))
        kernel.AssignProcessToJobObject(job, ctypes.c_void_p(kernel.GetCurrentProcess()))


def _start(command: str | list[str], mark: str) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(  # noqa: S603 - running the caller's command is the purpose
        command,
        shell=isinstance(command, str),
        stdin=subprocess.DEVNULL,
        stdout=2,
        stderr=2,
        env=os.environ | {_VARIABLE: mark},
        start_new_session=True,
        creationflags=_FLAGS,
    )


def _tell(waits: Callable[[], object], news: "queue.SimpleQueue[str]") -> None:
    waits()
    news.put("told")


def main(mark: str, grace: float, command: str | list[str]) -> int:
    """The command's exit code."""
    news: queue.SimpleQueue[str] = queue.SimpleQueue()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: news.put("told"))
    parent = psutil.Process(os.getppid())
    _hold_in_job()
    try:
        child = _start(command, mark)
    except OSError as error:
        print(f"{command[0]}: {error.strerror}", flush=True)  # noqa: T201 - to the parent
        return _CANNOT_RUN
    print(child.pid, flush=True)  # noqa: T201 - to the parent
    os.close(1)
    told = threading.Thread(target=_tell, args=(lambda: os.read(0, 1), news), daemon=True)
    ended = threading.Thread(target=_tell, args=(child.wait, news), daemon=True)
    told.start()
    ended.start()
    while parent.is_running():
        with contextlib.suppress(queue.Empty):
            news.get(timeout=_LOOK_AGAIN)
            break
    end(child.pid, mark, grace=grace)
    ended.join(_LAST)
    code = child.returncode
    return _KILLED if code is None else code if code >= 0 else 128 - code


if __name__ == "__main__":
    # Without the interpreter's own farewell, which would wait for the threads and flush what is closed.
    os._exit(main(sys.argv[1], float(sys.argv[2]), json.loads(sys.argv[3])))
