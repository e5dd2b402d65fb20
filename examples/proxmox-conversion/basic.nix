# Written by pve2nix golden for NixOS 25.11, target proxmox: all modules of the host pve in one
# file.
{
  config,
  lib,
  options,
  pkgs,
  ...
}:
{
  config = lib.mkMerge [
    {
      boot = {
        # /etc/modprobe.d/pve-blacklist.conf:4 (boot/modules)
        blacklistedKernelModules = [ "nvidiafb" ];
        # /etc/modprobe.d/kvm.conf:1, /etc/modprobe.d/zfs.conf:1 (boot/modules)
        extraModprobeConfig = ''
          options kvm_intel nested=1
          options zfs zfs_arc_max=3355443200
        '';
        # hardware modules, hardware pci (boot/initrd)
        initrd.availableKernelModules = [
          "ahci"
          "nvme"
          "xhci_pci"
        ];
        kernel.sysctl = {
          # host pve version (system/sysctl)
          "fs.aio-max-nr" = 1048576;
          "fs.inotify.max_queued_events" = 8388608;
          "fs.inotify.max_user_instances" = 65536;
          "fs.inotify.max_user_watches" = 4194304;
          "kernel.keys.maxkeys" = 2000;
          "net.bridge.bridge-nf-call-arptables" = 0;
          "net.bridge.bridge-nf-call-ip6tables" = 0;
          "net.bridge.bridge-nf-call-iptables" = 0;
          "net.bridge.bridge-nf-filter-vlan-tagged" = 0;
          "net.ipv4.igmp_link_local_mcast_reports" = 0;
          "net.ipv4.neigh.default.gc_thresh3" = 8192;
          "net.ipv6.neigh.default.gc_thresh3" = 8192;
          # /etc/sysctl.d/90-swappiness.conf:2 (system/sysctl)
          "vm.swappiness" = 10;
        };
        # /etc/modules:7 (boot/modules)
        kernelModules = [ "coretemp" ];
        # host kernel (boot/kernel)
        kernelPackages = lib.mkDefault pkgs.linuxKernel.packages.linux_6_12;
        # /proc/cmdline (boot/kernel_parameters)
        kernelParams = [ "intel_iommu=on" ];
        loader = {
          efi = {
            # system/boot/loader (boot/loader)
            canTouchEfiVariables = false;
            # /etc/fstab:3 (boot/esp)
            efiSysMountPoint = "/boot";
          };
          # system/boot/loader (boot/loader)
          grub = {
            enable = true;
            configurationLimit = 3;
            devices = [ "nodev" ];
            efiSupport = true;
          };
        };
        supportedFilesystems = {
          # package cifs-utils (catalog/packages_pve.cue:118, storage/filesystems)
          cifs = true;
          # storage/filesystems
          ext4 = true;
          # package nfs-common (catalog/packages_pve.cue:579, storage/filesystems)
          nfs = true;
          # storage/filesystems
          vfat = true;
        };
        # package mdadm (catalog/packages_base.cue:1389, storage/md_arrays)
        swraid = {
          enable = true;
          mdadmConf = ''
            MAILADDR root
          '';
        };
      };

      # system keymap (system/clock_and_language)
      console.keyMap = "de-latin1";

      environment = {
        etc = {
          # host pve (backup/jobs)
          guest-backup.text = ''
            set +e
            set -uo pipefail
            umask 077
            mark=pve2nix-backup
            export LVM_SUPPRESS_FD_WARNINGS=1
            failed=0

            # As vzdump calls the script of a job; one that fails ends the backup.
            hook() { # phase, and of a guest its mode and number
              if test -z "$SCRIPT"; then
                return 0
              fi
              STOREID=$STOREID DUMPDIR=$STORE VMTYPE=''${vmtype:-} HOSTNAME=''${label:-} TARGET=''${target:-} LOGFILE= "$SCRIPT" "$@"
            }

            running() {
              case $manager in
              libvirt) test "$(virsh domstate "$name")" = running ;;
              incus) test "$(incus list "^$name\$" --format csv --columns s)" = RUNNING ;;
              lxc) test "$(lxc-info -n "$vmid" -sH)" = RUNNING ;;
              esac
            }

            halt() {
              case $manager in
              libvirt)
                virsh shutdown "$name"
                local wait
                for wait in {1..300}; do
                  test "$(virsh domstate "$name")" != "shut off" || return 0
                  sleep 2
                done
                echo "$name does not shut down" >&2
                return 1
                ;;
              incus) incus stop "$name" --timeout 600 ;;
              lxc) systemctl stop "lxc-$vmid.service" ;;
              esac
            }

            start() {
              case $manager in
              libvirt) running || virsh start "$name" ;;
              incus) running || incus start "$name" ;;
              lxc) systemctl start "lxc-$vmid.service" ;;
              esac
            }

            pause() {
              case $manager in
              libvirt) virsh suspend "$name" ;;
              incus) incus pause "$name" ;;
              lxc) lxc-freeze -n "$vmid" ;;
              esac
            }

            resume() {
              case $manager in
              libvirt) virsh resume "$name" ;;
              incus) incus resume "$name" ;;
              lxc) lxc-unfreeze -n "$vmid" ;;
              esac
            }

            definition() {
              case $manager in
              libvirt) virsh dumpxml --inactive --security-info "$name" ;;
              incus) incus config show "$name" ;;
              lxc) cat "/etc/lxc/$vmid.conf" ;;
              esac
            }

            # The guest keeps still from here to release.
            hold() {
              held=
              if ! running; then
                return
              fi
              if test "$MODE" != snapshot; then
                hook pre-stop "$MODE" "$vmid"
              fi
              if test "$MODE" = stop; then
                held=start
                halt
                if test -n "$given"; then
                  # Only a QEMU that is there gives disks out; the guest goes on as soon as it does.
                  virsh start "$name" --paused
                  held=resume
                fi
                return
              fi
              if test "$flag" = freeze; then
                held=thaw
                if virsh domfsfreeze "$name"; then
                  return
                fi
                virsh domfsthaw "$name" || true
              fi
              held=resume
              pause
            }

            # Whatever the script of the job says, the guest goes on.
            release() {
              local was=$held
              if test -n "$was" && test "$MODE" != snapshot; then
                hook pre-restart "$MODE" "$vmid" || true
              fi
              case $was in
              start) start ;;
              thaw) virsh domfsthaw "$name" ;;
              resume) resume ;;
              esac
              held=
              if test -n "$was" && test "$MODE" != snapshot; then
                hook post-restart "$MODE" "$vmid" || true
              fi
            }

            # each FUNCTION: calls it with key, kind and source of each volume.
            each() {
              local volume rest
              for volume in "''${volumes[@]}"; do
                rest=''${volume#*=}
                "$1" "''${volume%%=*}" "''${rest%%:*}" "''${rest#*:}"
              done
            }

            # ceph STORAGE WORD…: asks the cluster of a storage. One that does not answer ends the backup.
            ceph() {
              local one
              local -a known how
              IFS=';' read -r -a known <<<"$CEPH"
              for one in "''${known[@]}"; do
                if test "''${one%% *}" = "$1"; then
                  read -r -a how <<<"''${one#* }"
                  # In a trap, return by itself tells how the command before the trap ended.
                  timeout 600 rbd "''${how[@]}" "''${@:2}"
                  return $?
                fi
              done
              return 1
            }

            # mapped IMAGE SNAPSHOT: the devices that this host has of it; - is the image itself.
            mapped() {
              local one space
              for one in /sys/bus/rbd/devices/*; do
                if test -e "$one/pool"; then
                  space=$(cat "$one/pool_ns" 2>/dev/null || true)
                  if test "$(cat "$one/pool")/''${space:+$space/}$(cat "$one/name")@$(cat "$one/current_snap")" = "$1@$2"; then
                    echo "/dev/rbd''${one##*/}"
                  fi
                fi
              done
            }

            # The folder of a container, or of the host, where a device is mounted.
            place() { # device
              local number inside= pid= from root id where _
              number=$(cat "/sys/block/''${1##*/}/dev")
              case $manager in
              incus) pid=$(incus info "$name" | sed -n 's/^PID: //p') ;;
              lxc) pid=$(lxc-info -n "$vmid" -pH) ;;
              esac
              for inside in "" ''${pid:+"/proc/$pid/root"}; do
                from=/proc/self/mountinfo
                if test -n "$inside"; then
                  from=/proc/$pid/mountinfo
                fi
                while read -r _ _ id root where _; do
                  if test "$id" = "$number" && test "$root" = /; then
                    echo "$inside$where"
                    return
                  fi
                done <"$from"
              done
              return 1
            }

            snapshot() { # key, kind, source
              case $2 in
              rbd)
                local device status=0
                device=$(mapped "''${3#*:}" -)
                if test "$type" = ct && test -n "$device" && test -n "$held"; then
                  # What a file system has in its journal would be missing in what reads the snapshot.
                  frozen=$(place "$device")
                  sync --file-system "$frozen"
                  fsfreeze --freeze "$frozen"
                fi
                ceph "''${3%%:*}" snap create --no-progress "''${3#*:}@$mark" || status=1
                thaw || status=1
                return "$status"
                ;;
              zvol)
                sync "/dev/zvol/$3"
                zfs snapshot "$3@$mark"
                ;;
              zfs) zfs snapshot "$3@$mark" ;;
              thin)
                lvchange --activate y --ignoreactivationskip "$3"
                sync "/dev/$3"
                lvcreate --yes --snapshot --permission r --setactivationskip n --name "''${3##*/}-$mark" "$3"
                ;;
              esac
            }

            thaw() {
              if test -n "$frozen"; then
                fsfreeze --unfreeze "$frozen" || return 1
                frozen=
              fi
            }

            # A snapshot is read-only: a file system must not replay its journal.
            browse() { # key
              mkdir "$work/$1"
              case $(blkid -o value -s TYPE "''${opened[$1]}") in
              ext*) mount -o ro,noload "''${opened[$1]}" "$work/$1" ;;
              xfs) mount -o ro,norecovery,nouuid "''${opened[$1]}" "$work/$1" ;;
              *) mount -o ro "''${opened[$1]}" "$work/$1" ;;
              esac
              opened[$1]=$work/$1
            }

            # Disks on storages without snapshots: QEMU gives out what they hold now, and keeps aside what the guest overwrites meanwhile.
            # Where there is no room for that any more the backup ends, and the guest goes on.
            give() {
              local disk xml=
              for disk in $given; do
                rm -f "$SCRATCH/$vmid-$disk"
                xml+="<disk name=''\'$disk' backup='yes' type='file'><driver type='qcow2'/><scratch file=''\'$SCRATCH/$vmid-$disk'/></disk>"
              done
              if test -z "$xml"; then
                return
              fi
              case $(virsh domstate "$name") in
              running | paused) ;;
              *) return ;;
              esac
              mkdir -p "$SCRATCH"
              room
              echo "<domainbackup mode='pull'><server transport='unix' socket=''\'$work/nbd'/><disks>$xml</disks></domainbackup>" >"$work/backup.xml"
              virsh backup-begin "$name" "$work/backup.xml"
              pulled=1
              (
                while room; do
                  sleep 2
                done
                virsh domjobabort "$name"
              ) &
              watcher=$!
            }

            room() {
              if test "$(df --output=avail --block-size=1M "$SCRATCH" | tail -n 1)" -lt 2048; then
                echo "less than 2 GiB are free in $SCRATCH" >&2
                return 1
              fi
            }

            # What a snapshot is read by: a device, a folder, a file or an address of NBD.
            show() { # key, kind, source
              case $2 in
              zvol)
                zfs clone -o readonly=on -o volmode=dev "$3@$mark" "$3-$mark"
                opened[$1]=/dev/zvol/$3-$mark
                udevadm settle --timeout=60 --exit-if-exists="''${opened[$1]}"
                test -b "''${opened[$1]}"
                ;;
              zfs)
                opened[$1]=$work/$1
                mkdir "$work/$1"
                mount -t zfs -o ro "$3@$mark" "$work/$1"
                ;;
              thin)
                opened[$1]=/dev/$3-$mark
                udevadm settle --timeout=60 --exit-if-exists="''${opened[$1]}"
                test -b "''${opened[$1]}"
                if test "$type" = ct; then
                  browse "$1"
                fi
                ;;
              rbd)
                opened[$1]=$(ceph "''${3%%:*}" device map --read-only "''${3#*:}@$mark")
                test -b "''${opened[$1]}"
                if test "$type" = ct; then
                  browse "$1"
                fi
                ;;
              export) opened[$1]=export ;;
              qemu)
                local disk=''${3%%:*} rest=''${3#*:}
                opened[$1]="nbd+unix:///$disk?socket=$work/nbd"
                if test -z "$pulled"; then
                  # The guest is off, and cannot be started while this reads.
                  qemu-nbd --read-only --fork --pid-file="$work/$1.pid" --export-name="$disk" --format="''${rest%%:*}" --socket="$work/$1.nbd" "''${rest#*:}"
                  opened[$1]="nbd+unix:///$disk?socket=$work/$1.nbd"
                fi
                if test -n "$REPOSITORY"; then
                  mkdir "$work/$1"
                  nbdfuse --readonly "$work/$1/disk" "''${opened[$1]}" &
                  local wait
                  for wait in {1..150}; do
                    if test -e "$work/$1/disk"; then
                      break
                    fi
                    sleep 0.2
                  done
                  test -e "$work/$1/disk"
                  opened[$1]=$work/$1/disk
                fi
                ;;
              *)
                # The guest has not been started here yet where it is missing.
                if test -e "$3"; then
                  opened[$1]=$3
                fi
                ;;
              esac
            }

            # Takes away what show and snapshot made, or an earlier run has left, and nothing else.
            drop() { # key, kind, source
              local status=0
              if mountpoint -q "$work/$1"; then
                umount "$work/$1" || status=1
              fi
              if test -d "$work/$1"; then
                rmdir "$work/$1" || status=1
              fi
              case $2 in
              zvol | zfs)
                if test "$(zfs get -H -o value origin "$3-$mark" 2>/dev/null)" = "$3@$mark"; then
                  zfs destroy "$3-$mark" || status=1
                fi
                if zfs list -H -o name "$3@$mark" >/dev/null 2>&1; then
                  zfs destroy "$3@$mark" || status=1
                fi
                ;;
              thin)
                if test "$(lvs --noheadings -o origin "$3-$mark" 2>/dev/null | tr -d ' ')" = "''${3##*/}"; then
                  lvremove --yes "$3-$mark" || status=1
                fi
                ;;
              rbd)
                local device
                for device in $(mapped "''${3#*:}" "$mark"); do
                  ceph "''${3%%:*}" device unmap "$device" || status=1
                done
                if ceph "''${3%%:*}" info "''${3#*:}@$mark" >/dev/null 2>&1; then
                  ceph "''${3%%:*}" snap rm --no-progress "''${3#*:}@$mark" || status=1
                fi
                ;;
              qemu)
                if test -e "$work/$1.pid"; then
                  kill "$(cat "$work/$1.pid")" 2>/dev/null || true
                fi
                rm -f "$work/$1.pid" "$work/$1.nbd"
                ;;
              esac
              return "$status"
            }

            throttle() {
              if test "$BWLIMIT" -gt 0; then
                pv --quiet --rate-limit "''${BWLIMIT}k"
              else
                cat
              fi
            }

            compress() {
              case $COMPRESS in
              none) cat ;;
              gzip) gzip ;;
              lzo) lzop ;;
              zstd) zstd --quiet ;;
              esac
            }

            write() { # key, kind, source
              local from=''${opened[$1]:-}
              if test -z "$from"; then
                return
              fi
              if test "$from" = export; then
                incus export "$name" "$partial/$1.plain" --instance-only --compression none
                throttle <"$partial/$1.plain" | compress >"$partial/$1.incus.tar$end"
                rm "$partial/$1.plain"
              elif test "''${from#nbd+}" != "$from"; then
                nbdcopy "$from" - | throttle | compress >"$partial/$1.img$end"
              elif test -d "$from"; then
                local one paths=EXCLUDE_''${vmid}_$1
                local -a left=() out=()
                read -r -a left <<<"''${!paths:-}"
                for one in "''${left[@]}"; do
                  case $one in
                  ./*) out+=(--anchored "--exclude=$one") ;;
                  *) out+=(--no-anchored "--exclude=$one") ;;
                  esac
                done
                tar --create --file=- --directory="$from" "''${out[@]}" --numeric-owner --one-file-system --sparse --acls --xattrs --xattrs-include='*' . |
                  throttle | compress >"$partial/$1.tar$end"
              else
                dd if="$from" bs=1M iflag=fullblock status=none | throttle | compress >"$partial/$1.img$end"
              fi
            }

            period() { # rule, name
              local form
              case $1 in
              last) form=%s ;;
              hourly) form=%Y%m%d%H ;;
              daily) form=%Y%m%d ;;
              weekly) form=%G%V ;;
              monthly) form=%Y%m ;;
              yearly) form=%Y ;;
              esac
              date --date="''${2:0:4}-''${2:4:2}-''${2:6:2} ''${2:9:2}:''${2:11:2}:''${2:13:2} UTC" "+$form"
            }

            # As PVE does it: the rules one after the other, each by periods that no earlier one has kept a backup of.
            prune() { # folder
              if test -z "$KEEP"; then
                return
              fi
              local rule count id one
              local -a list=()
              local -A fate=() had fresh
              while read -r one; do
                if ! test -e "$1/$one/protected"; then
                  list+=("$one")
                fi
              done < <(find "$1" -mindepth 1 -maxdepth 1 -type d -printf '%f\n' | grep -Ex '[0-9]{8}T[0-9]{6}Z' | sort -r)
              for rule in $KEEP; do
                count=''${rule#*=} rule=''${rule%%=*}
                had=() fresh=()
                for one in "''${list[@]}"; do
                  if test "''${fate[$one]:-}" = keep; then
                    had[$(period "$rule" "$one")]=1
                  fi
                done
                for one in "''${list[@]}"; do
                  if test -n "''${fate[$one]:-}"; then
                    continue
                  fi
                  id=$(period "$rule" "$one")
                  if test -n "''${had[$id]:-}"; then
                    continue
                  fi
                  if test -n "''${fresh[$id]:-}"; then
                    fate[$one]=remove
                  elif test "''${#fresh[@]}" -ge "$count"; then
                    break
                  else
                    fresh[$id]=1 fate[$one]=keep
                  fi
                done
              done
              for one in "''${list[@]}"; do
                if test "''${fate[$one]:-}" != keep; then
                  rm -r -- "''${1:?}/$one"
                fi
              done
            }

            store() {
              local folder=$STORE/$vmid stamp
              stamp=$(date --utc +%Y%m%dT%H%M%SZ)
              mkdir -p "$folder"
              rm -rf "$folder"/*Z.partial
              partial=$folder/$stamp.partial
              mkdir "$partial"
              each write
              cp "$work/definition" "$partial/definition"
              if test -n "$notes"; then
                echo "$notes" >"$partial/notes"
              fi
              if test -n "$PROTECTED"; then
                : >"$partial/protected"
              fi
              sync --file-system "$partial"
              mv --no-target-directory "$partial" "$folder/$stamp"
              partial=
              target=$folder/$stamp
              prune "$folder"
            }

            upload() {
              local key rule stamp
              stamp=$(date +%s)
              target=$type/$vmid/$(date --utc --date="@$stamp" +%Y-%m-%dT%H:%M:%SZ)
              local -a archives=("definition.conf:$work/definition") where=(--repository "$REPOSITORY") how=()
              for key in "''${!opened[@]}"; do
                if test -d "''${opened[$key]}"; then
                  archives+=("$key.pxar:''${opened[$key]}")
                else
                  archives+=("$key.img:''${opened[$key]}")
                fi
              done
              if test -n "$NAMESPACE"; then
                where+=(--ns "$NAMESPACE")
              fi
              if test -n "$KEYFILE"; then
                how+=(--keyfile "$KEYFILE")
              fi
              if test -n "$MASTERKEY"; then
                how+=(--master-pubkey-file "$MASTERKEY")
              fi
              local paths=EXCLUDE_''${vmid}
              local -a left=()
              read -r -a left <<<"''${!paths:-}"
              for key in "''${left[@]}"; do
                how+=(--exclude "$key")
              done
              if test "$BWLIMIT" -gt 0; then
                how+=(--rate "''${BWLIMIT}KiB")
              fi
              proxmox-backup-client backup "''${archives[@]}" --backup-type "$type" --backup-id "$vmid" --backup-time "$stamp" "''${where[@]}" "''${how[@]}"
              if test -n "$notes"; then
                proxmox-backup-client snapshot notes update "$target" "$notes" "''${where[@]}" || echo "no notes of $target" >&2
              fi
              if test -n "$PROTECTED"; then
                proxmox-backup-client snapshot protected update "$target" true "''${where[@]}"
              fi
              if test -n "$KEEP"; then
                how=()
                for rule in $KEEP; do
                  how+=("--keep-''${rule%%=*}" "''${rule#*=}")
                done
                proxmox-backup-client prune "$type/$vmid" "''${where[@]}" "''${how[@]}"
              fi
            }

            undo() {
              local status=$?
              set +e
              thaw || status=1
              release || status=1
              local volume rest
              for volume in "''${volumes[@]}"; do
                rest=''${volume#*=}
                drop "''${volume%%=*}" "''${rest%%:*}" "''${rest#*:}" || status=1
              done
              if test -n "$watcher"; then
                kill "$watcher" 2>/dev/null
              fi
              if test -n "$pulled"; then
                virsh domjobabort "$name" || test "$(virsh domjobinfo "$name" | tr -s ' ' | head -n 1)" = "Job type: None" || status=1
                for volume in $given; do
                  rm -f "$SCRATCH/$vmid-$volume"
                done
              fi
              rm -f "$work/definition" "$work/backup.xml" "$work/nbd"
              rmdir "$work" || status=1
              if test -n "$partial"; then
                rm -rf "$partial"
              fi
              if test "$status" -ne 0; then
                hook backup-abort "$MODE" "$vmid"
              fi
              hook log-end "$MODE" "$vmid"
              exit "$status"
            }

            guest() {
              IFS='|' read -r vmid type manager name flag list <<<"$1"
              IFS=, read -r -a volumes <<<"$list"
              work=$RUNTIME_DIRECTORY/$vmid held= partial= pulled= watcher= given= frozen= target=
              local volume
              notes=NOTES_$vmid label=LABEL_$vmid vmtype=qemu
              notes=''${!notes:-} label=''${!label:-$name}
              if test "$type" = ct; then
                vmtype=lxc
              fi
              for volume in "''${volumes[@]}"; do
                case $volume in
                *=qemu:*)
                  volume=''${volume#*=qemu:}
                  given+=" ''${volume%%:*}"
                  ;;
                esac
              done
              declare -gA opened=()
              mkdir -p "$work"
              each drop
              trap undo EXIT
              hook backup-start "$MODE" "$vmid"
              definition >"$work/definition"
              hold
              each snapshot
              give
              release
              each show
              if test -n "$REPOSITORY"; then
                upload
              else
                store
              fi
              hook backup-end "$MODE" "$vmid"
            }

            # What the job did, by mail to those whom it names.
            report() {
              local status=$? word=successful
              if test "$status" -ne 0; then
                word=failed
              fi
              if test -n "$MAILTO" && { test "$word" = failed || test "$MAILWHEN" = always; }; then
                sendmail -t <<EOF || echo "no mail about this job" >&2
            From: root
            To: $MAILTO
            Subject: vzdump backup status (''${HOSTNAME:-$(uname -n)}): backup $word
            Content-Type: text/plain; charset=UTF-8

            ''${told:-Nothing was backed up.}

            journalctl --unit ''${RUNTIME_DIRECTORY##*/} says more.
            EOF
              fi
              exit "$status"
            }

            told=
            trap report EXIT
            if ! hook job-init; then
              hook job-abort
              exit 1
            fi
            if test -n "$MOUNT" && ! mountpoint -q "$MOUNT"; then
              echo "nothing is mounted at $MOUNT" >&2
              exit 1
            fi
            case $COMPRESS in
            none) end= ;;
            gzip) end=.gz ;;
            lzo) end=.lzo ;;
            zstd) end=.zst ;;
            esac
            # One job after the other, as vzdump has it.
            exec 9>"''${RUNTIME_DIRECTORY%/*}/guest-backup.lock"
            if ! flock --timeout 10800 9; then
              echo "another backup does not end" >&2
              exit 1
            fi
            if ! hook job-start; then
              hook job-abort
              exit 1
            fi
            for word in $GUESTS; do
              (
                trap - EXIT
                set -e
                guest "$word"
              )
              if test $? -ne 0; then
                echo "no backup of ''${word%%|*}" >&2
                told+="''${word%%|*}: no backup"$'\n''\'
                failed=1
              else
                told+="''${word%%|*}: done"$'\n''\'
              fi
            done
            hook job-end || failed=1
            exit "$failed"
          '';
          # package ifupdown2 (network/ifupdown_commands)
          "ifupdown/commands" = {
            mode = "0755";
            text = ''
              #!/bin/sh
              # ifup, ifdown, ifreload and ifquery of ifupdown2, by systemd-networkd.
              set -u
              PATH=/run/current-system/sw/bin:$PATH
              call=''${0##*/}

              refuse() {
                echo "$call: $1; nothing was done" >&2
                exit 1
              }

              all=
              names=
              for word in "$@"; do
                case $word in
                  -a | --all | -c | --currently-up) all=yes ;;
                  -v | --verbose | -d | --debug | -q | --quiet | -f | --force | -w | --with-depends) ;;
                  -*) refuse "systemd-networkd has no counterpart of $word" ;;
                  *) names="$names $word" ;;
                esac
              done
              if [ -z "$all$names" ]; then
                refuse "no interface is named"
              fi

              case $call in
                ifreload) exec networkctl reload ;;
                ifquery)
                  if [ -n "$all" ]; then
                    exec networkctl list
                  fi
                  exec networkctl status $names
                  ;;
                ifup)
                  if [ -n "$all" ]; then
                    exec networkctl reload
                  fi
                  exec networkctl up $names
                  ;;
                ifdown)
                  if [ -n "$all" ]; then
                    refuse "all interfaces down would cut this host off"
                  fi
                  exec networkctl down $names
                  ;;
              esac
              refuse "unknown call"
            '';
          };
          # storage/filesystems
          "lvm/lvm.conf".text = ''
            devices/global_filter = [ "r|/dev/zd.*|", "r|/dev/rbd.*|" ]
          '';
          # /etc/pve/nodes/pve/lxc/200.conf (containers/lxc_host)
          "lxc/200.conf".text = ''
            lxc.include = /run/current-system/sw/share/lxc/config/common.conf
            lxc.include = /run/current-system/sw/share/lxc/config/userns.conf
            lxc.apparmor.allow_nesting = 1
            lxc.apparmor.profile = generated
            lxc.arch = amd64
            lxc.cgroup.dir.container = lxc/200
            lxc.cgroup.dir.container.inner = ns
            lxc.cgroup.dir.monitor = lxc.monitor/200
            lxc.cgroup.relative = 0
            lxc.cgroup2.cpuset.cpus = 0,1
            lxc.cgroup2.devices.allow = a
            lxc.cgroup2.memory.high = 2130706432
            lxc.cgroup2.memory.max = 2147483648
            lxc.cgroup2.memory.swap.max = 536870912
            lxc.environment = TERM=linux
            lxc.idmap = u 0 100000 65536
            lxc.idmap = g 0 100000 65536
            lxc.monitor.unshare = 1
            lxc.mount.auto = sys:mixed
            lxc.mount.entry = /var/lib/lxc/200/mp0 var/lib/nextcloud none bind,create=dir 0 0
            lxc.net.0.type = veth
            lxc.net.0.veth.pair = veth200i0
            lxc.net.0.link = vmbr0
            lxc.net.0.hwaddr = BC:24:11:5A:30:20
            lxc.net.0.name = eth0
            lxc.rootfs.path = /var/lib/lxc/200/rootfs
            lxc.seccomp.profile = /etc/lxc/unprivileged-keyctl.seccomp
            lxc.tty.max = 2
            lxc.uts.name = nextcloud
          '';
          # /etc/pve/nodes/pve/lxc/201.conf (containers/lxc_host)
          "lxc/201.conf".text = ''
            lxc.include = /run/current-system/sw/share/lxc/config/common.conf
            lxc.include = /var/lib/lxc/201/local.d/
            lxc.apparmor.profile = generated
            lxc.apparmor.raw = deny mount -> /proc/,
            lxc.apparmor.raw = deny mount -> /sys/,
            lxc.arch = amd64
            lxc.cgroup.dir.container = lxc/201
            lxc.cgroup.dir.container.inner = ns
            lxc.cgroup.dir.monitor = lxc.monitor/201
            lxc.cgroup.relative = 0
            lxc.cgroup2.cpuset.cpus = 2
            lxc.cgroup2.devices.allow = c 10:200 rwm
            lxc.cgroup2.memory.high = 532676608
            lxc.cgroup2.memory.max = 536870912
            lxc.cgroup2.memory.swap.max = 536870912
            lxc.environment = TERM=linux
            lxc.monitor.unshare = 1
            lxc.mount.entry = /var/lib/lxc/201/mp0 etc/dnsmasq.d none bind,ro,create=dir 0 0
            lxc.mount.entry = /dev/net/tun dev/net/tun none bind,create=file
            lxc.net.0.type = veth
            lxc.net.0.veth.pair = veth201i0
            lxc.net.0.link = vmbr0
            lxc.net.0.hwaddr = BC:24:11:5A:30:21
            lxc.net.0.name = eth0
            lxc.rootfs.path = /var/lib/lxc/201/rootfs
            lxc.tty.dir = 
            lxc.tty.max = 2
            lxc.uts.name = pihole
          '';
          # /etc/pve/nodes/pve/lxc/200.conf (containers/lxc_host)
          "lxc/unprivileged-keyctl.seccomp".text = ''
            2
            denylist
            reject_force_umount
            [all]
            kexec_load errno 1
            open_by_handle_at errno 1
            init_module errno 1
            finit_module errno 1
            delete_module errno 1
            ioctl errno 1 [1,0x9400,SCMP_CMP_MASKED_EQ,0xff00]
            socket errno 97 [0,38,SCMP_CMP_EQ]
          '';
        };
        # local file /usr/local/bin/trim-guests.sh (system/own_scripts)
        extraInit = ''
          export PATH="$PATH:/usr/local/sbin:/usr/local/bin"
        '';
        # package ifupdown2 (network/ifupdown_commands)
        profiles = lib.mkAfter [ "/usr/local" ];
        # /etc/pve/nodes/pve/lxc/200.conf, /etc/pve/nodes/pve/lxc/201.conf,
        # /etc/pve/nodes/pve/qemu-server/100.conf:10, /etc/pve/nodes/pve/qemu-server/101.conf:20,
        # /etc/sudoers.d/admin:1, /var/spool/cron/crontabs/root:2, package bind9-dnsutils, package
        # bind9-host, package bsd-mailx, 73 more (80 rules and catalog entries)
        systemPackages = [
          pkgs.dnsutils
          pkgs.host
          pkgs.mailutils
          pkgs.btrfs-progs
          pkgs.ceph-client
          pkgs.conntrack-tools
          pkgs.criu
          pkgs.cryptsetup
          pkgs.dmidecode
          pkgs.dosfstools
          pkgs.dtach
          pkgs.ebtables
          pkgs.efibootmgr
          pkgs.ethtool
          pkgs.exim
          pkgs.file
          pkgs.gptfdisk
          pkgs.cdrkit
          pkgs.git
          pkgs.glusterfs
          pkgs.gnupg
          pkgs.gnutls
          pkgs.hdparm
          pkgs.htop
          pkgs.inetutils
          pkgs.iotop
          pkgs.iperf3
          pkgs.ipset
          pkgs.iptables
          pkgs.iputils
          pkgs.jq
          pkgs.keyutils
          pkgs.lm_sensors
          pkgs.lsof
          pkgs.lzop
          pkgs.mokutil
          pkgs.mtools
          pkgs.ncdu
          pkgs.nettools
          pkgs.numactl
          pkgs.nvme-cli
          pkgs.oath-toolkit
          pkgs.openiscsi
          pkgs.openssl
          pkgs.parted
          pkgs.pciutils
          pkgs.prometheus-node-exporter
          pkgs.proxmox-backup-client
          pkgs.psmisc
          pkgs.python3
          pkgs.qrencode
          pkgs.rsync
          pkgs.screen
          pkgs.sg3_utils
          pkgs.smartmontools
          pkgs.samba
          pkgs.socat
          pkgs.sqlite
          pkgs.strace
          pkgs.swtpm
          pkgs.tcpdump
          pkgs.tmux
          pkgs.traceroute
          pkgs.unzip
          pkgs.usbutils
          pkgs.xxd
          pkgs.vim
          pkgs.wget
          pkgs.newt
          pkgs.xfsprogs
          pkgs.libxslt
          pkgs.lxcfs
          pkgs.curl
        ];
      };

      fileSystems = {
        # storage pve (storage/root)
        "/" = {
          device = "/dev/pve/nixos";
          fsType = "ext4";
        };
        # /etc/fstab:3 (boot/esp)
        "/boot" = {
          device = "/dev/disk/by-uuid/3F1B-9C2A";
          fsType = "vfat";
          options = [
            "nofail"
            "umask=0077"
          ];
        };
      };

      hardware = {
        # package intel-microcode (catalog/packages_pve.cue:262)
        cpu.intel.updateMicrocode = true;
        # hardware, package pve-firmware (catalog/packages_pve.cue:984, hardware/firmware)
        enableRedistributableFirmware = true;
        # unit ksmtuned.service (catalog/units_pve.cue:260)
        ksm.enable = true;
      };

      i18n = {
        # system locale (system/clock_and_language)
        defaultLocale = "en_US.UTF-8";
        # /etc/locale.gen:1 (system/locales)
        extraLocales = [ "en_US.UTF-8/UTF-8" ];
      };

      networking = {
        # host domain (system/identity)
        domain = "home.arpa";
        firewall = {
          # package proxmox-firewall, package pve-firewall, unit proxmox-firewall.service, 1 more
          # (firewall/no_filter, firewall/programs)
          enable = false;
          # host pve (conversion/guard)
          allowedTCPPorts = [ 18006 ];
        };
        # host hostid (system/host_id)
        hostId = "5c04219e";
        # host name (system/identity)
        hostName = "pve";
        hosts = {
          # /etc/hosts:1 (network/hosts)
          "127.0.0.1" = [ "localhost.localdomain" ];
          # /etc/hosts:2 (network/hosts)
          "127.0.0.2" = lib.mkForce [ ];
          "192.168.1.10" = lib.mkForce [
            "pve.home.arpa"
            "pve"
          ];
          # /etc/hosts:6 (network/hosts)
          "::1" = lib.mkForce [
            "ip6-localhost"
            "ip6-loopback"
          ];
          # /etc/hosts:7 (network/hosts)
          "fe00::0" = [ "ip6-localnet" ];
          # /etc/hosts:8 (network/hosts)
          "ff00::0" = [ "ip6-mcastprefix" ];
          # /etc/hosts:9 (network/hosts)
          "ff02::1" = [ "ip6-allnodes" ];
          # /etc/hosts:10 (network/hosts)
          "ff02::2" = [ "ip6-allrouters" ];
          # /etc/hosts:11 (network/hosts)
          "ff02::3" = [ "ip6-allhosts" ];
        };
        # /etc/resolv.conf:2 (network/name_servers)
        nameservers = [ "192.168.1.1" ];
        # unit fail2ban.service (catalog/units_server.cue:834)
        nftables.enable = true;
        # /etc/resolv.conf:1 (network/name_servers)
        search = [ "home.arpa" ];
        # /etc/network/interfaces:15,17,20 (network/networkd)
        useDHCP = false;
        useNetworkd = true;
      };

      # host arch (system/identity)
      nixpkgs.hostPlatform = "x86_64-linux";

      # package mtr-tiny (catalog/packages_server.cue:1204)
      programs.mtr.enable = true;

      security = {
        # /etc/pve/nodes/pve/lxc/200.conf, /etc/pve/nodes/pve/lxc/201.conf, unit apparmor.service
        # (catalog/units_pve.cue:11, containers/lxc_host)
        apparmor.enable = true;
        # unit polkit.service (catalog/units_debian.cue:590)
        polkit.enable = true;
        # /etc/sudoers.d/admin:1 (users/sudo_rules)
        sudo.extraRules = [
          {
            commands = [
              {
                command = "/run/current-system/sw/bin/smartctl";
                options = [ "NOPASSWD" ];
              }
            ];
            runAs = "ALL:ALL";
            users = [ "admin" ];
          }
        ];
      };

      services = {
        chrony = {
          # /etc/chrony/chrony.conf:2, /etc/chrony/sources.d/router.sources:1, unit chrony.service
          # (catalog/units_pve.cue:134, system/time_servers)
          enable = true;
          # /etc/chrony/chrony.conf:2,11, /etc/chrony/sources.d/router.sources:1
          # (system/time_servers)
          extraConfig = ''
            pool 2.debian.pool.ntp.org iburst
            makestep 1 3
            server 192.168.1.1 iburst prefer
          '';
          # /etc/chrony/chrony.conf:2, /etc/chrony/sources.d/router.sources:1 (system/time_servers)
          servers = [ ];
        };
        cron = {
          # /etc/cron.daily/backup-etc, /var/spool/cron/crontabs/root:2-3, unit cron.service
          # (catalog/units_debian.cue:243, system/cron_jobs)
          enable = true;
          # /etc/cron.daily/backup-etc (system/cron_jobs)
          systemCronJobs = [ "25 6 * * * root /etc/cron.daily/backup-etc" ];
        };
        # /etc/cron.daily/backup-etc, /var/spool/cron/crontabs/root:2-3, local file
        # /usr/local/bin/trim-guests.sh (system/debian_paths, system/own_scripts)
        envfs = {
          enable = true;
          extraFallbackPathCommands = "ln -sf ${config.system.path}/bin/* $out/";
        };
        fail2ban = {
          # unit fail2ban.service (catalog/units_server.cue:834)
          enable = true;
          # /etc/fail2ban/jail.local:2,5-9 (system/jails)
          jails = {
            proxmox.settings = {
              backend = "systemd";
              enabled = "true";
              filter = "proxmox";
              maxretry = "3";
              port = "https,http,8006";
            };
            sshd.settings.enabled = "true";
          };
        };
        # unit fstrim.timer (catalog/units_debian.cue:345)
        fstrim.enable = true;
        # unit lldpd.service (catalog/units_server.cue:1376)
        lldpd.enable = true;
        lvm = {
          # package thin-provisioning-tools, storage pve (catalog/packages_pve.cue:1170,
          # storage/filesystems)
          boot.thin.enable = true;
          # storage pve, unit dm-event.socket (catalog/units_pve.cue:161, storage/filesystems)
          dmeventd.enable = true;
        };
        # /etc/iscsi/iscsid.conf:2-4 (storage/iscsi_settings)
        openiscsi.extraConfigFile = "/var/lib/pve2nix/etc/iscsi/iscsid.conf";
        openssh = {
          # package openssh-server, unit ssh.service (catalog/units_debian.cue:819, users/sshd)
          enable = true;
          # package openssh-server (system/state_files)
          hostKeys = [
            {
              bits = 4096;
              path = "/etc/ssh/ssh_host_rsa_key";
              type = "rsa";
            }
            {
              path = "/etc/ssh/ssh_host_ecdsa_key";
              type = "ecdsa";
            }
            {
              path = "/etc/ssh/ssh_host_ed25519_key";
              type = "ed25519";
            }
          ];
          settings = {
            # /etc/ssh/sshd_config:4 (users/sshd)
            KbdInteractiveAuthentication = false;
            # /etc/ssh/sshd_config.d/10-home.conf:1 (users/sshd)
            PasswordAuthentication = false;
            # /etc/ssh/sshd_config:3 (users/sshd)
            PermitRootLogin = "yes";
            # /etc/ssh/sshd_config:7 (users/sshd)
            PrintMotd = false;
            # /etc/ssh/sshd_config:5 (users/sshd)
            UsePAM = true;
            # /etc/ssh/sshd_config:6 (users/sshd)
            X11Forwarding = true;
          };
        };
        postfix = {
          # /etc/postfix/main.cf:11-12, package postfix, unit postfix.service
          # (catalog/units_pve.cue:432, mail/aliases, system/mail)
          enable = true;
          # /etc/aliases:3, package proxmox-mail-forward (mail/aliases)
          rootAlias = "admin@home.arpa";
          settings.main = {
            # /etc/postfix/main.cf:20 (system/mail)
            inet_interfaces = "loopback-only";
            # /etc/postfix/main.cf:13 (system/mail)
            mydestination = [
              "$myhostname"
              "localhost.$mydomain"
              "localhost"
            ];
            # /etc/postfix/main.cf:3 (system/mail)
            myhostname = "pve.home.arpa";
            # /etc/postfix/main.cf:19 (system/mail)
            mynetworks = [ "127.0.0.0/8" ];
            # /etc/postfix/main.cf:14 (system/mail)
            relayhost = [ "[mail.home.arpa]:587" ];
            # /etc/postfix/main.cf:15 (system/mail)
            smtp_sasl_auth_enable = "yes";
            # /etc/postfix/main.cf:16 (system/mail_tables)
            smtp_sasl_password_maps = "texthash:/var/lib/pve2nix/etc/postfix/sasl_passwd";
            # /etc/postfix/main.cf:17 (system/mail)
            smtp_sasl_security_options = "noanonymous";
            # /etc/postfix/main.cf:18 (system/mail)
            smtp_tls_security_level = "encrypt";
          };
        };
        prometheus.exporters.node = {
          # unit prometheus-node-exporter.service (catalog/units_server.cue:2284,
          # metrics/node_exporter)
          enable = true;
          # /etc/default/prometheus-node-exporter:1 (metrics/node_exporter)
          enabledCollectors = [ "systemd" ];
        };
        # /etc/resolv.conf:2 (network/name_servers)
        resolved.enable = false;
        # storage/filesystems
        rpcbind.enable = true;
        smartd = {
          # unit smartmontools.service (catalog/units_pve.cue:712)
          enable = true;
          # /etc/smartd.conf:1 (hardware/smart)
          defaults.autodetected = "-d removable -n standby";
        };
      };

      # /etc/fstab:4 (storage/fstab)
      swapDevices = [
        {
          device = "/dev/pve/swap";
        }
      ];

      system = {
        # unit guest-temperature.service (system/carried_settings)
        activationScripts.carriedSettings.text = ''
          carried() {
            local more= keep= section= line key
            if [ ! -e "$3" ]; then return 0; fi
            mkdir -p "/run/systemd/system/$1.d"
            (umask 077; while IFS= read -r line || [ -n "$line" ]; do
              if [ -z "$more" ]; then
                keep= key=''${line%%=*} key=''${key//[[:space:]]/}
                case "$line" in
                  '['*) section=''${line#?} section=''${section%%]*} ;;
                  *) case " $4 " in *" $section.$key "*) keep=1; printf '[%s]\n' "$section" ;; esac ;;
                esac
              fi
              if [ -n "$keep" ]; then printf '%s\n' "$line"; fi
              case "$more$line" in 1'#'* | 1';'*) ;; *\\) more=1 ;; *) more= ;; esac
            done < "$3" > "/run/systemd/system/$1.d/carried-$2.conf")
          }
          carried 'guest-temperature.service' 0 '/var/lib/pve2nix/etc/systemd/system/guest-temperature.service' 'Service.Environment''\'
        '';
        # host os (system/identity)
        stateVersion = "25.11";
      };

      systemd = {
        network = {
          # /etc/network/interfaces:15,17,20 (network/networkd)
          enable = true;
          config.networkConfig = {
            ManageForeignRoutes = false;
            ManageForeignRoutingPolicyRules = false;
          };
          links = {
            # network eno1 (network/interface_names)
            "10-eno1" = {
              linkConfig = {
                AlternativeNamesPolicy = "database onboard slot path";
                MACAddressPolicy = "none";
                Name = "eno1";
              };
              matchConfig.Path = "pci-0000:00:1f.6";
            };
            # network wlp2s0 (network/interface_names)
            "10-wlp2s0" = {
              linkConfig = {
                AlternativeNamesPolicy = "database onboard slot path";
                MACAddressPolicy = "none";
                Name = "wlp2s0";
              };
              matchConfig.Path = "pci-0000:02:00.0";
            };
          };
          # /etc/network/interfaces:20,24 (network/bridges)
          netdevs."10-vmbr0" = {
            bridgeConfig.STP = false;
            netdevConfig = {
              Kind = "bridge";
              MACAddress = "bc:24:11:aa:00:01";
              Name = "vmbr0";
            };
          };
          networks = {
            "10-eno1" = {
              # /etc/network/interfaces:15,20 (network/interfaces)
              linkConfig.RequiredForOnline = false;
              matchConfig.Name = "eno1";
              # /etc/network/interfaces:20,23 (network/interfaces)
              networkConfig.Bridge = "vmbr0";
            };
            # /etc/network/interfaces:20-22 (network/addresses, network/bridges, network/interfaces)
            "10-vmbr0" = {
              address = [ "192.168.1.10/24" ];
              linkConfig.RequiredForOnline = "routable";
              matchConfig.Name = "vmbr0";
              networkConfig.ConfigureWithoutCarrier = true;
              routes = [
                {
                  Gateway = "192.168.1.1";
                }
              ];
            };
            # /etc/network/interfaces:17 (network/addresses, network/interfaces)
            "10-wlp2s0" = {
              linkConfig = {
                ActivationPolicy = "manual";
                RequiredForOnline = false;
              };
              matchConfig.Name = "wlp2s0";
              networkConfig.IPv6AcceptRA = false;
            };
          };
          # /etc/network/interfaces:15,17,20 (network/networkd)
          wait-online.enable = true;
        };
        services = {
          # /etc/cron.daily/backup-etc, /var/spool/cron/crontabs/root:2-3 (conversion/guard_jobs,
          # system/cron_jobs)
          cron = {
            after = [
              "bin.mount"
              "usr-bin.mount"
            ];
            unitConfig.ConditionPathExists = [
              "|!/var/lib/pve2nix/guard/trial.json"
              "|/var/lib/pve2nix/guard/committed"
            ];
          };
          # /etc/pve/nodes/pve/lxc/200.conf:6,11, /etc/pve/nodes/pve/lxc/201.conf:11 (backup/jobs)
          guest-backup-7f3c2a91-5d1e = {
            after = [
              "network-online.target"
              "remote-fs.target"
            ];
            description = "Backup of guests 200, 201";
            environment = {
              BWLIMIT = "120000";
              CEPH = "";
              COMPRESS = "zstd";
              GUESTS = "200|ct|lxc|lxc-200||mp0=thin:pve/vm-200-disk-1,root=thin:pve/vm-200-disk-0 201|ct|lxc|lxc-201||root=thin:pve/vm-201-disk-0";
              HOME = "/run/guest-backup-7f3c2a91-5d1e";
              KEEP = "daily=7 weekly=4 monthly=3";
              KEYFILE = "";
              LC_ALL = "C";
              LIBVIRT_DEFAULT_URI = "qemu:///system";
              MAILTO = "";
              MAILWHEN = "always";
              MASTERKEY = "";
              MODE = "snapshot";
              MOUNT = "/mnt/pve/backup-nas";
              NAMESPACE = "";
              NOTES_200 = "nextcloud";
              NOTES_201 = "pihole";
              PROTECTED = "";
              REPOSITORY = "";
              SCRATCH = "/var/lib/libvirt/guest-backup";
              SCRIPT = "";
              STORE = "/mnt/pve/backup-nas/pve2nix/pve";
              STOREID = "backup-nas";
            };
            path = [
              pkgs.acl
              pkgs.gnutar
              pkgs.gzip
              pkgs.lvm2
              pkgs.lxc
              pkgs.pv
              pkgs.util-linux
              pkgs.zstd
            ];
            restartIfChanged = false;
            script = ''
              . /etc/guest-backup
            '';
            serviceConfig = {
              IOSchedulingClass = "best-effort";
              IOSchedulingPriority = 7;
              RuntimeDirectory = "guest-backup-7f3c2a91-5d1e";
              Type = "oneshot";
            };
            unitConfig = {
              ConditionPathExists = [
                "|!/var/lib/pve2nix/guard/trial.json"
                "|/var/lib/pve2nix/guard/committed"
              ];
              RequiresMountsFor = [ "/mnt/pve/backup-nas" ];
            };
            wants = [ "network-online.target" ];
          };
          # unit guest-temperature.service (system/local_units)
          guest-temperature = {
            description = "Write the temperature of the cupboard for the node exporter";
            serviceConfig = {
              ExecStart = "${pkgs.coreutils}/bin/true";
              Type = "oneshot";
            };
          };
          # /etc/pve/nodes/pve/lxc/200.conf:6,9,11-12 (containers/lxc_units,
          # conversion/guard_guests)
          lxc-200 = {
            after = [
              "apparmor.service"
              "lxcfs.service"
              "network.target"
              "sys-subsystem-net-devices-vmbr0.device"
              "pve-guests.service"
              "lxc-201.service"
            ];
            description = "LXC container 200 (nextcloud)";
            path = [
              pkgs.apparmor-parser
              pkgs.iproute2
              pkgs.lxc
              pkgs.util-linux
              pkgs.lvm2
            ];
            postStop = ''
              ! mountpoint -q /var/lib/lxc/200/mp0 || umount /var/lib/lxc/200/mp0
              ! mountpoint -q /var/lib/lxc/200/rootfs || umount /var/lib/lxc/200/rootfs
            '';
            preStart = ''
              ln -sf /etc/lxc/200.conf /var/lib/lxc/200/config
              for group in /sys/fs/cgroup/lxc/200 /sys/fs/cgroup/lxc.monitor/200; do
                ! test -d "$group" || find "$group" -depth -type d -exec rmdir {} +
              done
              mkdir -p /var/lib/lxc/200/rootfs /var/lib/lxc/200/mp0
              lvchange -ay -K pve/vm-200-disk-0
              mountpoint -q /var/lib/lxc/200/rootfs || mount /dev/pve/vm-200-disk-0 /var/lib/lxc/200/rootfs
              lvchange -ay -K pve/vm-200-disk-1
              mountpoint -q /var/lib/lxc/200/mp0 || mount /dev/pve/vm-200-disk-1 /var/lib/lxc/200/mp0
            '';
            preStop = ''
              ln -sf /etc/lxc/200.conf /var/lib/lxc/200/config
              test "$(lxc-info -n 200 -sH)" != RUNNING || lxc-stop -n 200 -t 180'';
            restartIfChanged = false;
            script = "exec lxc-start -F -n 200";
            serviceConfig = {
              Delegate = true;
              KillMode = "mixed";
              StandardOutput = "null";
              TimeoutStartSec = 120;
              TimeoutStopSec = 210;
            };
            unitConfig = {
              ConditionPathExists = [
                "|!/var/lib/pve2nix/guard/trial.json"
                "|/var/lib/pve2nix/guard/committed"
              ];
              RequiresMountsFor = [ "/var/lib/lxc/200" ];
            };
            wantedBy = [ "multi-user.target" ];
            wants = [
              "lxcfs.service"
              "sys-subsystem-net-devices-vmbr0.device"
            ];
          };
          # /etc/pve/nodes/pve/lxc/201.conf:0-16 (containers/lxc_units, conversion/guard_guests)
          lxc-201 = {
            after = [
              "apparmor.service"
              "lxcfs.service"
              "network.target"
              "sys-subsystem-net-devices-vmbr0.device"
            ];
            before = [ "pve-guests.service" ];
            description = "LXC container 201 (pihole)";
            path = [
              pkgs.apparmor-parser
              pkgs.iproute2
              pkgs.lxc
              pkgs.util-linux
              pkgs.lvm2
            ];
            postStop = ''
              ! mountpoint -q /var/lib/lxc/201/mp0 || umount /var/lib/lxc/201/mp0
              ! mountpoint -q /var/lib/lxc/201/rootfs || umount /var/lib/lxc/201/rootfs
            '';
            preStart = ''
              ln -sf /etc/lxc/201.conf /var/lib/lxc/201/config
              for group in /sys/fs/cgroup/lxc/201 /sys/fs/cgroup/lxc.monitor/201; do
                ! test -d "$group" || find "$group" -depth -type d -exec rmdir {} +
              done
              if test -e /var/lib/pve2nix/etc/pve/nodes/pve/lxc/201.conf; then
                (
                  umask 077
                  sed '/^\[/,$d' /var/lib/pve2nix/etc/pve/nodes/pve/lxc/201.conf |
                    sed -n -E -e 's/^(lxc\.environment(\.[a-z]+)?)[[:space:]]*[:=][[:space:]]*/\1 = /p' -e 's/^env:[[:space:]]*/env:/p' |
                    tr '\0' '\n' | sed -E -e 's/^env://' -e '/^lxc\.environment/!s/^/lxc.environment.runtime = /' >/var/lib/lxc/201/local.d/pve.conf
                )
              fi
              mkdir -p /var/lib/lxc/201/rootfs /var/lib/lxc/201/mp0
              lvchange -ay -K pve/vm-201-disk-0
              mountpoint -q /var/lib/lxc/201/rootfs || mount /dev/pve/vm-201-disk-0 /var/lib/lxc/201/rootfs
              test -d /srv/dns
              mountpoint -q /var/lib/lxc/201/mp0 || mount --bind -o ro /srv/dns /var/lib/lxc/201/mp0
            '';
            preStop = ''
              ln -sf /etc/lxc/201.conf /var/lib/lxc/201/config
              test "$(lxc-info -n 201 -sH)" != RUNNING || lxc-stop -n 201 -t 180'';
            restartIfChanged = false;
            script = "exec lxc-start -F -n 201";
            serviceConfig = {
              Delegate = true;
              KillMode = "mixed";
              StandardOutput = "null";
              TimeoutStartSec = 120;
              TimeoutStopSec = 210;
            };
            unitConfig = {
              ConditionPathExists = [
                "|!/var/lib/pve2nix/guard/trial.json"
                "|/var/lib/pve2nix/guard/committed"
              ];
              RequiresMountsFor = [
                "/srv/dns"
                "/var/lib/lxc/201"
              ];
            };
            wantedBy = [ "multi-user.target" ];
            wants = [
              "lxcfs.service"
              "sys-subsystem-net-devices-vmbr0.device"
            ];
          };
          pve-guests = {
            serviceConfig = {
              # /etc/pve/nodes/pve/config:3 (guests/starts)
              ExecStartPre = "/run/current-system/sw/bin/sleep 20";
              # unit pve-guests.service (guests/starts)
              TimeoutStopSec = "infinity";
            };
            # /etc/pve/nodes/pve/lxc/200.conf, /etc/pve/nodes/pve/lxc/201.conf,
            # /etc/pve/nodes/pve/qemu-server/100.conf, /etc/pve/nodes/pve/qemu-server/101.conf,
            # /etc/pve/nodes/pve/qemu-server/9000.conf (conversion/guard_guests)
            unitConfig = {
              ConditionPathExists = [
                "|!/var/lib/pve2nix/guard/trial.json"
                "|/var/lib/pve2nix/guard/committed"
              ];
              RefuseManualStart = lib.mkForce false;
              RefuseManualStop = lib.mkForce false;
            };
          };
          # certificate /etc/pve/nodes/pve/pve-ssl.pem (certificates/node_renewal)
          pve-node-certificate = {
            after = [ "pve-cluster.service" ];
            description = "Renewal of the certificate of this node";
            path = [ pkgs.openssl ];
            requires = [ "pve-cluster.service" ];
            script = ''
              cert=/etc/pve/local/pve-ssl.pem
              if [ ! -e "$cert" ] || openssl x509 -checkend 1209600 -noout -in "$cert" > /dev/null; then
                exit 0
              fi
              if ! openssl verify -no_check_time -CAfile /etc/pve/pve-root-ca.pem "$cert" > /dev/null; then
                echo "$cert is not signed by the authority of the cluster and is left as it is" >&2
                exit 1
              fi
              /run/current-system/sw/bin/pvecm updatecerts --force
              systemctl try-restart pveproxy.service spiceproxy.service
            '';
            serviceConfig.Type = "oneshot";
            unitConfig.ConditionPathExists = [
              "|!/var/lib/pve2nix/guard/trial.json"
              "|/var/lib/pve2nix/guard/committed"
            ];
          };
          # host pve (conversion/guard)
          pve2nix-committed = {
            after = [ "local-fs.target" ];
            description = "Journal of a commit that was cut off";
            restartIfChanged = false;
            serviceConfig = {
              ExecStart = "/var/lib/pve2nix/guard/pve2nix guard --finish";
              Type = "oneshot";
            };
            unitConfig = {
              ConditionKernelCommandLine = "!pve2nix.trial";
              ConditionPathExists = "/var/lib/pve2nix/guard/trial.json";
            };
            wantedBy = [ "multi-user.target" ];
          };
          pve2nix-guard = {
            after = [ "systemd-remount-fs.service" ];
            before = [ "sysinit.target" ];
            description = "Back to Proxmox VE, unless the trial is committed";
            restartIfChanged = false;
            serviceConfig = {
              ExecStart = "/var/lib/pve2nix/guard/pve2nix guard";
              OOMScoreAdjust = -1000;
              Restart = "always";
              RestartPreventExitStatus = 0;
              RestartSec = 1;
              RuntimeDirectory = "pve2nix-guard";
              StandardError = "journal+console";
              StandardOutput = "journal+console";
              TimeoutStartSec = 60;
              Type = "notify";
              WatchdogSec = 120;
            };
            unitConfig = {
              ConditionKernelCommandLine = "pve2nix.trial";
              ConditionPathExists = "/var/lib/pve2nix/guard/trial.json";
              DefaultDependencies = false;
              RequiresMountsFor = "/var/lib/pve2nix";
              StartLimitAction = "reboot";
              StartLimitBurst = 20;
              StartLimitIntervalSec = 120;
            };
            wantedBy = [ "sysinit.target" ];
          };
          pve2nix-unguarded = {
            description = "Restart of a trial without a guard";
            serviceConfig = {
              ExecStart = "${config.systemd.package}/bin/systemctl --no-block reboot";
              Type = "oneshot";
            };
            unitConfig = {
              ConditionPathExists = [
                "!/run/pve2nix-guard"
                "!/var/lib/pve2nix/guard/committed"
              ];
              DefaultDependencies = false;
            };
          };
          pvescheduler = {
            # /etc/pve/nodes/pve/qemu-server/101.conf:20 (guests/programs)
            path = [ pkgs.swtpm ];
            # host pve (conversion/guard_jobs)
            unitConfig.ConditionPathExists = [
              "|!/var/lib/pve2nix/guard/trial.json"
              "|/var/lib/pve2nix/guard/committed"
            ];
          };
          # /etc/pve/nodes/pve/qemu-server/100.conf, /etc/pve/nodes/pve/qemu-server/101.conf
          # (guests/programs)
          qmeventd.path = [ "/run/current-system/sw" ];
        };
        # host pve (conversion/guard)
        settings.Manager = {
          RebootWatchdogSec = "5min";
          RuntimeWatchdogSec = "60s";
        };
        timers = {
          # /etc/pve/nodes/pve/lxc/200.conf:6,11, /etc/pve/nodes/pve/lxc/201.conf:11 (backup/jobs)
          guest-backup-7f3c2a91-5d1e = {
            description = "Time of the backup of guests 200, 201";
            timerConfig = {
              OnCalendar = "*-*-* 21:00:00";
              Persistent = false;
            };
            wantedBy = [ "timers.target" ];
          };
          # unit guest-temperature.timer (conversion/guard_jobs, system/local_units)
          guest-temperature = {
            description = "Temperature of the cupboard every five minutes";
            timerConfig = {
              OnBootSec = "5min";
              OnUnitActiveSec = "5min";
            };
            unitConfig.ConditionPathExists = [
              "|!/var/lib/pve2nix/guard/trial.json"
              "|/var/lib/pve2nix/guard/committed"
            ];
            wantedBy = [ "timers.target" ];
          };
          # certificate /etc/pve/nodes/pve/pve-ssl.pem (certificates/node_renewal)
          pve-node-certificate = {
            timerConfig = {
              OnCalendar = "daily";
              Persistent = true;
              RandomizedDelaySec = "5h";
            };
            wantedBy = [ "timers.target" ];
          };
          # host pve (conversion/guard)
          pve2nix-unguarded = {
            description = "Back to Proxmox VE from a trial without a guard";
            timerConfig = {
              AccuracySec = "1s";
              OnBootSec = [
                "20min"
                "30min"
                "45min"
                "60min"
                "90min"
                "120min"
                "180min"
              ];
            };
            unitConfig = {
              ConditionKernelCommandLine = "pve2nix.trial";
              DefaultDependencies = false;
            };
            wantedBy = [ "sysinit.target" ];
          };
        };
        tmpfiles = {
          # /etc/cron.daily/backup-etc, /var/spool/cron/crontabs/root:2-3, local file
          # /usr/local/bin/trim-guests.sh, package ifupdown2 (network/ifupdown_commands,
          # system/debian_paths, system/own_scripts)
          rules = [
            "L /usr/local/bin/ifdown - - - - /etc/ifupdown/commands"
            "L /usr/local/bin/ifquery - - - - /etc/ifupdown/commands"
            "L /usr/local/bin/ifreload - - - - /etc/ifupdown/commands"
            "L /usr/local/bin/ifup - - - - /etc/ifupdown/commands"
            "L /sbin - - - - /usr/bin"
            "L /usr/sbin - - - - /usr/bin"
          ];
          settings = {
            "10-lxc" = {
              # /etc/pve/nodes/pve/lxc/200.conf (containers/lxc_host)
              "/var/lib/lxc/200".d = {
                group = "root";
                mode = "0755";
                user = "root";
              };
              "/var/lib/lxc/200/config"."L+".argument = "/etc/lxc/200.conf";
              # /etc/pve/nodes/pve/lxc/201.conf (containers/lxc_host)
              "/var/lib/lxc/201".d = {
                group = "root";
                mode = "0755";
                user = "root";
              };
              "/var/lib/lxc/201/config"."L+".argument = "/etc/lxc/201.conf";
              "/var/lib/lxc/201/local.d".d = {
                group = "root";
                mode = "0700";
                user = "root";
              };
            };
            # /etc/pve/notifications.cfg:1 (notifications/templates)
            "10-notification-templates"."/usr/share/pve-manager"."L+".argument =
              "${config.services.proxmox-ve.package}/share/pve-manager";
            # /etc/pve/nodes/pve/qemu-server/100.conf, /etc/pve/nodes/pve/qemu-server/101.conf
            # (guests/programs)
            "10-qm"."/usr/sbin/qm"."L+".argument = "/run/current-system/sw/bin/qm";
          };
        };
      };

      # system time zone (system/clock_and_language)
      time.timeZone = "Europe/Berlin";

      users = {
        # /etc/group:62 (users/accounts)
        groups.admin = {
          gid = 1000;
          members = [ ];
        };
        # users/accounts
        mutableUsers = true;
        users = {
          admin = {
            # /etc/passwd:34 (users/accounts)
            description = "Home administrator";
            # /etc/group:21 (users/accounts)
            extraGroups = [ "wheel" ];
            # /etc/passwd:34 (users/accounts)
            group = "admin";
            home = "/home/admin";
            isNormalUser = true;
            shell = pkgs.bashInteractive;
            # /etc/subgid:2 (system/subordinate_ids)
            subGidRanges = [
              {
                count = 65536;
                startGid = 165536;
              }
            ];
            # /etc/subuid:2 (system/subordinate_ids)
            subUidRanges = [
              {
                count = 65536;
                startUid = 165536;
              }
            ];
            # /etc/passwd:34 (users/accounts)
            uid = 1000;
          };
          root = {
            # /etc/subgid:1 (system/subordinate_ids)
            subGidRanges = [
              {
                count = 65536;
                startGid = 100000;
              }
            ];
            # /etc/subuid:1 (system/subordinate_ids)
            subUidRanges = [
              {
                count = 65536;
                startUid = 100000;
              }
            ];
          };
        };
      };

      virtualisation.lxc = {
        # /etc/pve/nodes/pve/lxc/200.conf, /etc/pve/nodes/pve/lxc/201.conf, package lxc-pve
        # (catalog/packages_pve.cue:551, containers/lxc_host)
        enable = true;
        # /etc/pve/nodes/pve/lxc/200.conf, /etc/pve/nodes/pve/lxc/201.conf, package lxcfs, unit
        # lxcfs.service (catalog/packages_pve.cue:568, catalog/units_pve.cue:340,
        # containers/lxc_host)
        lxcfs.enable = true;
      };
    }
    (lib.optionalAttrs (options.services ? proxmox-ve) {
      services.proxmox-ve = {
        # package proxmox-ve, package pve-manager (api/proxmox_ve, catalog/packages_pve.cue:1038,
        # catalog/packages_pve.cue:862)
        enable = true;
        # /etc/network/interfaces:20 (network/bridge_list)
        bridges = [ "vmbr0" ];
        # /etc/hosts:2 (api/proxmox_ve)
        ipAddress = "192.168.1.10";
        # api/proxmox_ve
        openFirewall = true;
      };
    })
    {
      warnings =
        lib.optional (!(options.services ? proxmox-ve))
          "The modules of proxmox-nixos are not imported: services.proxmox-ve is not set up. Use the flake beside these modules.";
    }
  ];
}
