#!/bin/sh
# A service of the soak. Beside what it prints it notes in a file that the daemon knows nothing of what it has really done:
# "start PID", "line N" once line N is written, "child PID", and "exit CODE" or "signal NUMBER" just before it ends itself.
kind=$1 truth=$2
shift 2
exec 3>> "$truth/$ZIGGIE_SERVICE.$ZIGGIE_RUN_ID"
echo "start $$" >&3
n=0
# Of the run's own: how it ends can be told from its id.
seed=$((0x$(printf %.6s "$ZIGGIE_RUN_ID")))
pad=abcdefghijklmnopqrstuvwxyz0123456789abcdefghijklmnopqrstuvwxyz

say() { n=$((n + 1)); echo "$ZIGGIE_RUN_ID $n $pad"; echo "line $n" >&3; }
lines() { for _ in $(seq "$1"); do say; done; }
leave() { echo "exit $1" >&3; exit "$1"; }
tick() { while :; do say; sleep "$1"; done; }

case $kind in
    writer) tick 0.1 ;;
    polite) trap 'say; leave 43' TERM; tick 0.1 ;;
    deaf) trap '' TERM; tick 0.2 ;;
    burst) while :; do lines 300; sleep 0.5; done ;;
    crash) sleep 0.$((seed % 5)); lines $((seed % 7 + 1)); leave $((seed % 120 + 1)) ;;
    flash) say; leave $((seed % 120 + 1)) ;;
    job) for _ in 1 2 3 4 5 6 7 8; do say; sleep 0.05; done; leave 0 ;;
    killed)
        sleep 0.$((seed % 4)); lines 3
        case $((seed % 4)) in 0) signal=1 ;; 1) signal=9 ;; 2) signal=10 ;; *) signal=14 ;; esac
        echo "signal $signal" >&3; kill -$signal $$; sleep 60 ;;
    family)
        setsid sleep 3000 & echo "child $!" >&3
        (setsid sh -c 'sleep 3000 & echo "child $!" >&3' &)
        sleep 3000 & echo "child $!" >&3
        tick 0.3 ;;
    exec) exec "$@" ;;
esac
