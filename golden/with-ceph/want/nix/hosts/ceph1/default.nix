{ lib, ... }:
{
  imports = [
    ./of-plan.nix
    ./backup.nix
    ./boot.nix
    ./bridges.nix
    ./cluster.nix
    ./firewall.nix
    ./guests.nix
    ./hardware.nix
    ./networking.nix
    ./packages.nix
    ./services.nix
    ./storage.nix
    ./users.nix
  ];

  # system keymap (system/clock_and_language)
  console.keyMap = "us";

  environment = {
    etc = {
      # /etc/pve/storage.cfg:32-34,36-39 (backup/server_command)
      "backup-servers/pbs-offsite" = {
        mode = "0755";
        text = ''
          #!/bin/sh
          # proxmox-backup-client for the storage pbs-offsite of Proxmox VE
          export PBS_REPOSITORY='hci@pbs!cluster@pbs.dr.example.org:8017:hci''\'
          export PBS_PASSWORD_FILE='/etc/pve/priv/storage/pbs-offsite.pw''\'
          export PBS_FINGERPRINT='4e:19:b2:07:cc:5a:e8:31:90:6d:f4:2b:a7:13:58:de:0c:86:71:95:3f:ea:42:bd:60:17:d9:84:2c:a5:fb:38''\'
          case ''${1:-} in
          backup | list | snapshot | prune)
            set -- "$@" --ns 'hci/prod''\'
            ;;
          restore | mount | map | catalog)
            set -- "$@" --ns 'hci/prod''\'
            ;;
          esac
          exec proxmox-backup-client "$@"
        '';
      };
      # /etc/default/pveproxy:1-2 (api/proxy_access)
      "default/pveproxy".text = ''
        DISABLE_TLS_1_2="1"
        LISTEN_IP="172.20.10.21"
      '';
      # host ceph1 (backup/jobs)
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
      # /etc/lvm/lvm.conf:18-19,32 (storage/filesystems)
      "lvm/lvm.conf".text = ''
        devices/global_filter = [ "r|/dev/zd.*|", "r|/dev/rbd.*|" ]
        activation/thin_pool_autoextend_percent = 20
        activation/thin_pool_autoextend_threshold = 100
      '';
    };
    # local file /usr/local/bin/pve-remove-nag.sh, local file /usr/local/sbin/ceph-scrub-window,
    # local file /usr/local/sbin/ceph-textfile, 1 more (system/own_scripts)
    extraInit = ''
      export PATH="$PATH:/usr/local/sbin:/usr/local/bin"
    '';
    # host ceph1, package ifupdown2 (bridges/companion, network/ifupdown_commands)
    profiles = lib.mkAfter [
      "/run/companion"
      "/usr/local"
    ];
  };

  i18n = {
    # system locale (system/clock_and_language)
    defaultLocale = "en_US.UTF-8";
    # /etc/locale.gen:1 (system/locales)
    extraLocales = [ "en_US.UTF-8/UTF-8" ];
  };

  networking = {
    # host domain (system/identity)
    domain = "hci.example.org";
    # host name (system/identity)
    hostName = "ceph1";
  };

  system = {
    # /etc/cron.d/node-exporter-ceph:1 (system/cron_jobs)
    activationScripts.carriedCrontabs = {
      deps = [ "etc" ];
      text = ''
        set -- /var/lib/pve2nix/etc/cron.d/node-exporter-ceph
        (umask 077; {
          cat /etc/static/crontab
          for table in $(grep -LsE '^[[:space:]]*[A-Za-z_]+[[:space:]]*=' "$@") $(grep -lsE '^[[:space:]]*[A-Za-z_]+[[:space:]]*=' "$@"); do
            printf 'SHELL=/bin/sh\nPATH=/run/wrappers/bin:/run/current-system/sw/bin:/usr/bin:/bin\n''\'
            grep -vE 'run-parts .*/etc/cron\.(hourly|daily|weekly|monthly)' "$table" || true
          done
        } > /etc/crontab.carried)
        mv /etc/crontab.carried /etc/crontab
      '';
    };
    # host os (system/identity)
    stateVersion = "25.11";
  };

  # system time zone (system/clock_and_language)
  time.timeZone = "Europe/Berlin";
}
