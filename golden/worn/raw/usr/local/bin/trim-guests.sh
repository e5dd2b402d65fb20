#!/bin/sh
# trim the file systems of all running containers
for id in $(pct list | awk '/running/{print $1}'); do pct fstrim "$id"; done
