#!/usr/bin/env bash
# Stops what run.sh started, the newest first, when run.sh ends: its input, the ids of those processes, ends then, be it by kill -9.
# An id with a minus before it is one that has ended.
# Each is the leader of a session of its own, and is gone when its whole process group is: a server takes its PostgreSQL along.
trap '' INT TERM HUP QUIT PIPE

readonly patience=${1:-60}

# One that has just been started leads no group yet.
gone() { ! kill -0 -- "-$1" 2>/dev/null && ! kill -0 "$1" 2>/dev/null; }

await_gone() {
    local deadline=$((SECONDS + patience))
    until gone "$1"; do
        ((SECONDS < deadline)) || return 1
        sleep 0.1
    done
}

leaders=()
while read -r leader; do
    if [[ $leader == -* ]]; then
        for i in "${!leaders[@]}"; do [[ ${leaders[i]} != "${leader#-}" ]] || unset "leaders[i]"; done
    else
        leaders=("$leader" "${leaders[@]}")
    fi
done
for leader in "${leaders[@]}"; do
    kill -TERM "$leader" 2>/dev/null
    await_gone "$leader" && continue
    # What watches over its PostgreSQL is in its group and stops that once it has gone.
    kill -KILL "$leader" 2>/dev/null
    await_gone "$leader" || kill -KILL -- "-$leader" 2>/dev/null
done
