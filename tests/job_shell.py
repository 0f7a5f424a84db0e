"""A shell with one job: it stops and goes on as under a real one, which CI may not have.

`python job_shell.py PROGRAM [ARGUMENT…]`. When the job stops it says "[stopped]" and waits
for a line; then the job goes on in the foreground. Its exit code is the job's.
"""

from __future__ import annotations

import os
import signal
import sys
import termios


def main(command: list[str]) -> int:
    signal.signal(signal.SIGTTOU, signal.SIG_IGN)
    signal.signal(signal.SIGTSTP, signal.SIG_IGN)
    ours = termios.tcgetattr(0)
    job = os.fork()
    if not job:
        os.setpgid(0, 0)
        os.tcsetpgrp(0, os.getpid())
        for number in (signal.SIGTTOU, signal.SIGTSTP, signal.SIGINT):
            signal.signal(number, signal.SIG_DFL)
        os.execv(sys.executable, [sys.executable, *command])
    print(f"[job {job}]", flush=True)
    while True:
        _, status = os.waitpid(job, os.WUNTRACED)
        os.tcsetpgrp(0, os.getpgrp())
        if not os.WIFSTOPPED(status):
            return os.waitstatus_to_exitcode(status) & 0xFF
        same = termios.tcgetattr(0) == ours
        termios.tcsetattr(0, termios.TCSANOW, ours)
        print(f"[stopped, terminal {'as before' if same else 'changed'}]", flush=True)
        sys.stdin.readline()
        os.tcsetpgrp(0, job)
        os.kill(job, signal.SIGCONT)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
