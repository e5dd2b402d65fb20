# Written by pve2nix golden for NixOS 25.11, target proxmox: all modules of the host ceph1 in one
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
        # /etc/modprobe.d/pve-blacklist.conf:4, /etc/modprobe.d/vfio-l4.conf:5 (boot/modules)
        blacklistedKernelModules = [
          "nvidiafb"
          "nouveau"
        ];
        # /etc/modprobe.d/vfio-l4.conf:2-4, /etc/modprobe.d/zfs.conf:1-2 (boot/modules)
        extraModprobeConfig = ''
          options vfio-pci ids=10de:27b8
          softdep nouveau pre: vfio-pci
          softdep snd_hda_intel pre: vfio-pci
          options zfs zfs_arc_max=17179869184
          options zfs zfs_arc_min=4294967296
        '';
        initrd = {
          # hardware modules, hardware pci (boot/initrd)
          availableKernelModules = [
            "ahci"
            "nvme"
            "xhci_pci"
          ];
          # /etc/initramfs-tools/modules:2, /etc/modprobe.d/vfio-l4.conf:2 (boot/initrd_modules,
          # hardware/vfio)
          kernelModules = [
            "vfio_pci"
            "vfio"
            "vfio_iommu_type1"
          ];
        };
        kernel.sysctl = {
          # /etc/sysctl.d/90-ceph.conf:3 (system/sysctl)
          "fs.aio-max-nr" = 2097152;
          # host pve version (system/sysctl)
          "fs.inotify.max_queued_events" = 8388608;
          "fs.inotify.max_user_instances" = 65536;
          "fs.inotify.max_user_watches" = 4194304;
          "kernel.keys.maxkeys" = 2000;
          # /etc/sysctl.d/90-ceph.conf:2 (system/sysctl)
          "kernel.pid_max" = 4194304;
          # host pve version (system/sysctl)
          "net.bridge.bridge-nf-call-arptables" = 0;
          "net.bridge.bridge-nf-call-ip6tables" = 0;
          "net.bridge.bridge-nf-call-iptables" = 0;
          "net.bridge.bridge-nf-filter-vlan-tagged" = 0;
          # /etc/sysctl.d/90-ceph.conf:5 (system/sysctl)
          "net.core.rmem_max" = 134217728;
          # /etc/sysctl.d/90-ceph.conf:6 (system/sysctl)
          "net.core.wmem_max" = 134217728;
          # host pve version (system/sysctl)
          "net.ipv4.igmp_link_local_mcast_reports" = 0;
          # /etc/sysctl.d/91-tailscale.conf:1 (system/sysctl)
          "net.ipv4.ip_forward" = 1;
          # /etc/ssh/sshd_config.d/99-local.conf:1-3 (users/sshd)
          "net.ipv4.ip_nonlocal_bind" = 1;
          # host pve version (system/sysctl)
          "net.ipv4.neigh.default.gc_thresh3" = 8192;
          # /etc/sysctl.d/90-ceph.conf:7 (system/sysctl)
          "net.ipv4.tcp_timestamps" = 1;
          # /etc/sysctl.d/91-tailscale.conf:2 (system/sysctl)
          "net.ipv6.conf.all.forwarding" = 1;
          # host pve version (system/sysctl)
          "net.ipv6.neigh.default.gc_thresh3" = 8192;
          # /etc/pve/nodes/ceph1/host.fw:5 (firewall/conntrack)
          "net.netfilter.nf_conntrack_max" = 1048576;
          # /etc/sysctl.d/90-ceph.conf:4 (system/sysctl)
          "vm.min_free_kbytes" = 1048576;
        };
        # /etc/modules-load.d/modules.conf:2-3, /etc/modules-load.d/qemu-server.conf:1,
        # /etc/pve/nodes/ceph1/host.fw:5, /etc/pve/nodes/ceph1/lxc/120.conf:6,11,
        # /etc/pve/nodes/ceph1/lxc/121.conf:11, /etc/pve/nodes/ceph1/lxc/122.conf:9,12 (4 rules and
        # catalog entries)
        kernelModules = [
          "rbd"
          "vfio_pci"
          "openvswitch"
          "vhost_net"
          "nf_conntrack"
        ];
        # host kernel (boot/kernel)
        kernelPackages = lib.mkDefault pkgs.linuxKernel.packages.linux_6_12;
        # /proc/cmdline (boot/kernel_parameters)
        kernelParams = [
          "iommu=pt"
          "default_hugepagesz=1G"
          "hugepagesz=1G"
          "hugepages=64"
        ];
        loader = {
          # system/boot/loader (boot/loader)
          efi.canTouchEfiVariables = false;
          grub.enable = false;
          systemd-boot = {
            # system/boot/loader (boot/loader)
            enable = true;
            configurationLimit = 3;
            # system/boot/esps (boot/esp_copies)
            extraInstallCommands = ''
              installed=$?
              if [ "$installed" = 0 ] && { [ ! -e /var/lib/pve2nix/guard/trial.json ] || [ -e /var/lib/pve2nix/guard/committed ]; }; then
                export PATH=/run/current-system/sw/bin:$PATH
                for uuid in 8C1E-21B7 8C1F-90A4; do
                  if [ "$(readlink -f "/dev/disk/by-uuid/$uuid")" = "$(findmnt -n -o SOURCE /boot)" ]; then continue; fi
                  bash -eu -s -- "$uuid" <<'COPY' || echo "warning: the EFI partition $uuid was not written; its disk starts what it started before" >&2
              at=$(mktemp -d)
              trap 'umount "$at"; rmdir "$at"' EXIT
              mount -t vfat -o umask=0077 "/dev/disk/by-uuid/$1" "$at"
              mkdir -p "$at/EFI/nixos" "$at/loader/entries"
              for old in "$at"/loader/entries/nixos-* "$at"/EFI/nixos/*; do
                if [ ! -e "/boot''${old#"$at"}" ]; then rm -rf "$old"; fi
              done
              for new in /boot/EFI/nixos/* /boot/loader/entries/nixos-*.conf /boot/loader/loader.conf; do
                to=$at''${new#/boot}
                if [ -f "$new" ] && ! cmp -s "$new" "$to"; then
                  cp "$new" "$to.new"
                  mv "$to.new" "$to"
                fi
              done
              sync -f "$at"
              COPY
                done
              fi
              (exit "$installed")
            '';
          };
        };
        supportedFilesystems = {
          # storage/filesystems
          ceph = true;
          # package cifs-utils (catalog/packages_pve.cue:118)
          cifs = true;
          # package nfs-common (catalog/packages_pve.cue:579)
          nfs = true;
          # storage/filesystems
          zfs = true;
        };
        # storage rpool (storage/filesystems)
        zfs.forceImportRoot = false;
      };

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
          # host ceph1 (bridges/companion)
          "companion/allow/service/companion-run" = {
            mode = "0444";
            text = "";
          };
          "companion/allow/service/container-shell" = {
            mode = "0444";
            text = "";
          };
          "companion/allow/service/dbus" = {
            mode = "0444";
            text = "";
          };
          "companion/allow/service/packagekit" = {
            mode = "0444";
            text = "";
          };
          "companion/allow/service/polkit" = {
            mode = "0444";
            text = "";
          };
          "companion/allow/service/systemd-exit" = {
            mode = "0444";
            text = "";
          };
          "companion/allow/service/systemd-halt" = {
            mode = "0444";
            text = "";
          };
          "companion/allow/service/systemd-journal-flush" = {
            mode = "0444";
            text = "";
          };
          "companion/allow/service/systemd-journald" = {
            mode = "0444";
            text = "";
          };
          "companion/allow/service/systemd-logind" = {
            mode = "0444";
            text = "";
          };
          "companion/allow/service/systemd-poweroff" = {
            mode = "0444";
            text = "";
          };
          "companion/allow/service/systemd-reboot" = {
            mode = "0444";
            text = "";
          };
          "companion/allow/service/systemd-sysusers" = {
            mode = "0444";
            text = "";
          };
          "companion/allow/service/systemd-tmpfiles-setup" = {
            mode = "0444";
            text = "";
          };
          "companion/allow/service/systemd-update-utmp" = {
            mode = "0444";
            text = "";
          };
          "companion/allow/socket/dbus" = {
            mode = "0444";
            text = "";
          };
          "companion/allow/socket/systemd-journald" = {
            mode = "0444";
            text = "";
          };
          "companion/allow/socket/systemd-journald-dev-log" = {
            mode = "0444";
            text = "";
          };
          "companion/automount.d/50-companion.conf" = {
            mode = "0444";
            text = ''
              [Unit]
              ConditionPathExists=/dev/companion/allow/automount/%p
            '';
          };
          "companion/companion.target" = {
            mode = "0444";
            text = ''
              [Unit]
              Description=What NixOS lacks
              Requires=basic.target
              After=basic.target
              AllowIsolate=yes
              Wants=dbus.service
            '';
          };
          "companion/mount.d/50-companion.conf" = {
            mode = "0444";
            text = ''
              [Unit]
              ConditionPathExists=/dev/companion/allow/mount/%p
            '';
          };
          "companion/path.d/50-companion.conf" = {
            mode = "0444";
            text = ''
              [Unit]
              ConditionPathExists=/dev/companion/allow/path/%p
            '';
          };
          "companion/service.d/50-companion.conf" = {
            mode = "0444";
            text = ''
              [Unit]
              ConditionPathExists=/dev/companion/allow/service/%p
            '';
          };
          "companion/socket.d/50-companion.conf" = {
            mode = "0444";
            text = ''
              [Unit]
              ConditionPathExists=/dev/companion/allow/socket/%p
            '';
          };
          "companion/swap.d/50-companion.conf" = {
            mode = "0444";
            text = ''
              [Unit]
              ConditionPathExists=/dev/companion/allow/swap/%p
            '';
          };
          "companion/timer.d/50-companion.conf" = {
            mode = "0444";
            text = ''
              [Unit]
              ConditionPathExists=/dev/companion/allow/timer/%p
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
          # /etc/pve/nodes/ceph1/lxc/120.conf (containers/lxc_host)
          "lxc/120.conf".text = ''
            lxc.include = /run/current-system/sw/share/lxc/config/common.conf
            lxc.include = /run/current-system/sw/share/lxc/config/userns.conf
            lxc.apparmor.allow_nesting = 1
            lxc.apparmor.profile = generated
            lxc.arch = amd64
            lxc.cgroup.dir.container = lxc/120
            lxc.cgroup.dir.container.inner = ns
            lxc.cgroup.dir.monitor = lxc.monitor/120
            lxc.cgroup.relative = 0
            lxc.cgroup2.cpuset.cpus = 0,1
            lxc.cgroup2.devices.allow = a
            lxc.cgroup2.memory.high = 4261412864
            lxc.cgroup2.memory.max = 4294967296
            lxc.cgroup2.memory.swap.max = 0
            lxc.environment = TERM=linux
            lxc.idmap = u 0 100000 65536
            lxc.idmap = g 0 100000 65536
            lxc.monitor.unshare = 1
            lxc.mount.auto = sys:mixed
            lxc.mount.entry = /var/lib/lxc/120/mp0 var/lib/prometheus none bind,create=dir 0 0
            lxc.net.0.type = veth
            lxc.net.0.veth.pair = veth120i0
            lxc.net.0.link = vmbr0
            lxc.net.0.veth.vlan.id = 10
            lxc.net.0.hwaddr = BC:24:11:7A:00:78
            lxc.net.0.name = eth0
            lxc.rootfs.path = /var/lib/lxc/120/rootfs
            lxc.seccomp.profile = /etc/lxc/unprivileged.seccomp
            lxc.tty.max = 2
            lxc.uts.name = mon01
          '';
          # /etc/pve/nodes/ceph1/lxc/121.conf (containers/lxc_host)
          "lxc/121.conf".text = ''
            lxc.include = /run/current-system/sw/share/lxc/config/common.conf
            lxc.apparmor.profile = unconfined
            lxc.arch = amd64
            lxc.cap.drop = 
            lxc.cgroup.dir.container = lxc/121
            lxc.cgroup.dir.container.inner = ns
            lxc.cgroup.dir.monitor = lxc.monitor/121
            lxc.cgroup.relative = 0
            lxc.cgroup2.cpuset.cpus = 0,1
            lxc.cgroup2.devices.allow = b 7:* rwm
            lxc.cgroup2.memory.high = 25635586048
            lxc.cgroup2.memory.max = 25769803776
            lxc.cgroup2.memory.swap.max = 1073741824
            lxc.environment = TERM=linux
            lxc.monitor.unshare = 1
            lxc.mount.entry = /var/lib/lxc/121/mp0 builds none bind,create=dir 0 0
            lxc.net.0.type = veth
            lxc.net.0.veth.pair = veth121i0
            lxc.net.0.link = vlab0
            lxc.net.0.hwaddr = BC:24:11:7A:01:79
            lxc.net.0.name = eth0
            lxc.rootfs.path = /var/lib/lxc/121/rootfs
            lxc.tty.dir = 
            lxc.tty.max = 2
            lxc.uts.name = runner
          '';
          # /etc/pve/nodes/ceph1/lxc/122.conf (containers/lxc_host)
          "lxc/122.conf".text = ''
            lxc.include = /run/current-system/sw/share/lxc/config/common.conf
            lxc.include = /run/current-system/sw/share/lxc/config/userns.conf
            lxc.include = /var/lib/lxc/122/local.d/
            lxc.apparmor.allow_nesting = 1
            lxc.apparmor.profile = generated
            lxc.arch = amd64
            lxc.cgroup.dir.container = lxc/122
            lxc.cgroup.dir.container.inner = ns
            lxc.cgroup.dir.monitor = lxc.monitor/122
            lxc.cgroup.relative = 0
            lxc.cgroup2.cpuset.cpus = 0,1
            lxc.cgroup2.devices.allow = a
            lxc.cgroup2.memory.high = 1065353216
            lxc.cgroup2.memory.max = 1073741824
            lxc.cgroup2.memory.swap.max = 0
            lxc.environment = TERM=linux
            lxc.idmap = u 0 100000 65536
            lxc.idmap = g 0 100000 65536
            lxc.init.cmd = /docker-entrypoint.sh grafana
            lxc.init.cwd = /usr/share/grafana
            lxc.monitor.unshare = 1
            lxc.mount.auto = sys:mixed
            lxc.mount.entry = run run tmpfs rw,nodev,relatime,mode=755 0 0
            lxc.mount.entry = shm dev/shm tmpfs rw,nodev,noexec,nosuid,relatime,mode=1777,create=dir 0 0
            lxc.mount.entry = shm dev/shm tmpfs rw,nosuid,nodev,create=dir 0 0
            lxc.mount.entry = /var/lib/lxc/122/mp0 var/lib/grafana none bind,create=dir 0 0
            lxc.net.0.type = veth
            lxc.net.0.veth.pair = veth122i0
            lxc.net.0.link = vmbr0
            lxc.net.0.veth.vlan.id = 10
            lxc.net.0.hwaddr = BC:24:11:7A:00:7A
            lxc.net.0.name = eth0
            lxc.net.0.ipv4.address = 172.20.10.62/24
            lxc.net.0.ipv4.gateway = 172.20.10.1
            lxc.net.0.flags = up
            lxc.rootfs.path = /var/lib/lxc/122/rootfs
            lxc.seccomp.profile = /etc/lxc/unprivileged.seccomp
            lxc.signal.halt = SIGTERM
            lxc.tty.max = 2
            lxc.uts.name = grafana
          '';
          # /etc/pve/nodes/ceph1/lxc/120.conf, /etc/pve/nodes/ceph1/lxc/122.conf
          # (containers/lxc_host)
          "lxc/unprivileged.seccomp".text = ''
            2
            denylist
            reject_force_umount
            [all]
            kexec_load errno 1
            open_by_handle_at errno 1
            init_module errno 1
            finit_module errno 1
            delete_module errno 1
            keyctl errno 38
            ioctl errno 1 [1,0x9400,SCMP_CMP_MASKED_EQ,0xff00]
            socket errno 97 [0,38,SCMP_CMP_EQ]
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
        # /etc/pve/nodes/ceph1/lxc/120.conf, /etc/pve/nodes/ceph1/lxc/121.conf,
        # /etc/pve/nodes/ceph1/lxc/122.conf, /etc/pve/nodes/ceph1/qemu-server/110.conf:9,
        # /etc/pve/nodes/ceph1/qemu-server/112.conf:25,27, /etc/pve/storage.cfg:32-34,36-39, 1 more
        # files, package bc, package bind9-dnsutils, package bind9-host, 87 more (88 rules and
        # catalog entries)
        systemPackages = [
          pkgs.bc
          pkgs.dnsutils
          pkgs.host
          pkgs.mailutils
          pkgs.btrfs-progs
          pkgs.ceph
          pkgs.ceph-client
          pkgs.conntrack-tools
          pkgs.criu
          pkgs.dmidecode
          pkgs.dnsmasq
          pkgs.dosfstools
          pkgs.dtach
          pkgs.ebtables
          pkgs.efibootmgr
          pkgs.eject
          pkgs.ethtool
          pkgs.libfaketime
          pkgs.file
          pkgs.frr
          pkgs.gptfdisk
          pkgs.cdrkit
          pkgs.gnupg
          pkgs.gnutls
          pkgs.hdparm
          pkgs.htop
          pkgs.inetutils
          pkgs.iotop
          pkgs.iperf3
          pkgs.ipmitool
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
          pkgs.numactl
          pkgs.nvme-cli
          pkgs.openiscsi
          pkgs.openssl
          pkgs.parted
          pkgs.pciutils
          pkgs.pigz
          pkgs.procmail
          pkgs.prometheus-node-exporter
          pkgs.proxmox-backup-client
          pkgs.psmisc
          pkgs.python3
          pkgs.python3Packages.virt-firmware
          pkgs.qrencode
          pkgs.rsync
          pkgs.skopeo
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
          pkgs.xxd
          pkgs.vim
          pkgs.virtiofsd
          pkgs.wget
          pkgs.newt
          pkgs.xdelta
          pkgs.xfsprogs
          pkgs.libxslt
          pkgs.zip
          pkgs.lxcfs
        ];
      };

      fileSystems = {
        # storage rpool (storage/root)
        "/" = {
          device = "rpool/ROOT/nixos";
          fsType = "zfs";
        };
        # system/boot/esps (boot/esp)
        "/boot" = {
          device = "/dev/disk/by-uuid/8C1E-21B7";
          fsType = "vfat";
          options = [
            "noauto"
            "umask=0077"
          ];
        };
        # host ceph1 (bridges/companion)
        "/var/lib/machines/companion" = {
          device = "rpool/ROOT/companion";
          fsType = "zfs";
          options = [
            "noauto"
            "nofail"
          ];
        };
      };

      hardware = {
        # hardware/cpu/vendor, package amd64-microcode (catalog/packages_pve.cue:43,
        # hardware/firmware)
        cpu.amd.updateMicrocode = true;
        # hardware, package pve-firmware (catalog/packages_pve.cue:984, hardware/firmware)
        enableRedistributableFirmware = true;
        # unit ksm.service, unit ksmtuned.service (catalog/units_pve.cue:254,
        # catalog/units_pve.cue:260)
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
        domain = "hci.example.org";
        firewall = {
          # /etc/pve/firewall/cluster.fw:3-31, /etc/pve/nodes/ceph1/host.fw:3-4,7-8,12
          # (firewall/host_rules, firewall/no_filter)
          enable = false;
          # host ceph1 (conversion/guard)
          allowedTCPPorts = [ 18006 ];
        };
        # host hostid (storage/filesystems, system/host_id)
        hostId = "b857e13c";
        # host name (system/identity)
        hostName = "ceph1";
        hosts = {
          # /etc/hosts:1 (network/hosts)
          "127.0.0.1" = [ "localhost.localdomain" ];
          # /etc/hosts:2 (network/hosts)
          "127.0.0.2" = lib.mkForce [ ];
          "172.20.10.21" = lib.mkForce [
            "ceph1.hci.example.org"
            "ceph1"
          ];
          # /etc/hosts:3 (network/hosts)
          "172.20.10.22" = [
            "ceph2.hci.example.org"
            "ceph2"
          ];
          # /etc/hosts:4 (network/hosts)
          "172.20.10.23" = [
            "ceph3.hci.example.org"
            "ceph3"
          ];
          # /etc/hosts:8 (network/hosts)
          "::1" = lib.mkForce [
            "ip6-localhost"
            "ip6-loopback"
          ];
          # /etc/hosts:9 (network/hosts)
          "fe00::0" = [ "ip6-localnet" ];
          # /etc/hosts:10 (network/hosts)
          "ff00::0" = [ "ip6-mcastprefix" ];
          # /etc/hosts:11 (network/hosts)
          "ff02::1" = [ "ip6-allnodes" ];
          # /etc/hosts:12 (network/hosts)
          "ff02::2" = [ "ip6-allrouters" ];
          # /etc/hosts:13 (network/hosts)
          "ff02::3" = [ "ip6-allhosts" ];
        };
        # /etc/resolv.conf:5 (network/name_servers)
        nameservers = [ "100.100.100.100" ];
        nftables = {
          # /etc/network/interfaces.d/sdn:6-7, /etc/pve/firewall/110.fw:3-5,9-10,
          # /etc/pve/firewall/cluster.fw:3-36, /etc/pve/nodes/ceph1/host.fw:3-4,7-8,12
          # (firewall/guest_tables, firewall/host_rules, network/hook_settings)
          enable = true;
          tables = {
            # /etc/pve/firewall/110.fw:3-5,9-10, /etc/pve/firewall/cluster.fw:33,35-36
            # (firewall/guest_tables)
            pve-guests = {
              content = ''
                chain tap110i0-sent {
                  ether type { ip, ip6 } ct state invalid drop
                  ct state { established, related } accept
                  ether type ip udp sport 68 udp dport 67 accept
                  ether type ip6 udp sport 546 udp dport 547 accept
                  ether type != { ip, ip6 } accept
                  icmpv6 type nd-router-advert drop
                  icmpv6 type { nd-router-solicit, nd-neighbor-solicit, nd-neighbor-advert } accept
                  accept
                }
                chain tap110i0-received {
                  ether type != { ip, ip6 } accept
                  ether type { ip, ip6 } ct state invalid drop
                  ct state { established, related } accept
                  ip saddr { 224.0.0.0/4, 255.255.255.255 } drop
                  ether type ip udp sport 67 udp dport 68 accept
                  ether type ip6 udp sport 547 udp dport 546 accept
                  icmpv6 type { nd-router-solicit, nd-router-advert, nd-neighbor-solicit, nd-neighbor-advert } accept
                  tcp dport 443 accept
                  tcp dport 80 accept
                  ip saddr { 172.20.10.9/32 } tcp dport 22 accept
                  meta pkttype { broadcast, multicast } drop
                  icmp type time-exceeded accept
                  icmp type destination-unreachable icmp code frag-needed accept
                  icmpv6 type { destination-unreachable, time-exceeded, packet-too-big } accept
                  drop
                }
                chain from-guests {
                  type filter hook prerouting priority -100; policy accept;
                  iifname vmap { "tap110i0" : goto tap110i0-sent }
                }
                chain to-guests {
                  type filter hook postrouting priority -100; policy accept;
                  oifname vmap { "tap110i0" : goto tap110i0-received }
                }'';
              family = "bridge";
            };
            # /etc/pve/firewall/cluster.fw:3-31, /etc/pve/nodes/ceph1/host.fw:3-4,7-8,12
            # (firewall/host_rules)
            pve-host = {
              content = ''
                set syn4 {
                  type ipv4_addr
                  flags dynamic
                  timeout 1m
                }
                set syn6 {
                  type ipv6_addr
                  flags dynamic
                  timeout 1m
                }
                chain refuse {
                  fib daddr type { broadcast, multicast } drop
                  meta l4proto { icmp, ipv6-icmp } drop
                  meta l4proto tcp reject with tcp reset
                  meta l4proto udp reject
                  reject with icmpx admin-prohibited
                }
                chain input {
                  type filter hook input priority filter; policy accept;
                  iifname "lo" accept
                  ct state invalid drop
                  ct state { established, related } accept
                  icmpv6 type { nd-router-solicit, nd-router-advert, nd-neighbor-solicit, nd-neighbor-advert } accept
                  ip saddr != 0.0.0.0 fib saddr type { broadcast, multicast } drop
                  tcp flags & (fin | syn | rst | ack) == syn update @syn4 { ip saddr limit rate over 400/second burst 1000 packets } drop
                  tcp flags & (fin | syn | rst | ack) == syn update @syn6 { ip6 saddr limit rate over 400/second burst 1000 packets } drop
                  meta l4proto 2 accept
                  iifname "vlab0" udp dport 67 accept
                  ip saddr { 172.20.12.0/23 } tcp dport 6789 accept
                  ip saddr { 172.20.12.0/23 } tcp dport 3300 accept
                  ip saddr { 172.20.12.0/23 } tcp dport 6800-7300 accept
                  ip saddr { 172.20.10.9/32 } tcp dport 22 accept
                  ip saddr { 172.20.10.60/32 } tcp dport 9100 accept
                  iifname "mgmt" udp dport 41641 accept
                  icmp type echo-request accept
                  icmpv6 type echo-request accept
                  ip saddr { 100.64.0.0/10, 172.20.10.0/24 } tcp dport { 22, 3128, 8006 } accept
                  ip saddr { 100.64.0.0/10, 172.20.10.0/24 } tcp dport 5900-5999 accept
                  ip saddr { 100.64.0.0/10, 172.20.10.0/24 } tcp dport 60000-60050 accept
                  ip saddr { 100.64.0.0/10, 172.20.10.0/24 } tcp dport 18006 accept
                  ip saddr { 172.20.11.22/31, 172.20.14.22/31 } udp dport 5404-5412 accept
                  icmp type time-exceeded accept
                  icmp type destination-unreachable icmp code frag-needed accept
                  icmpv6 type { destination-unreachable, time-exceeded, packet-too-big } accept
                  limit rate 1/second burst 5 packets log prefix "host in: " level warn
                  drop
                }'';
              family = "inet";
            };
            # /etc/network/interfaces.d/sdn:6-7 (network/hook_settings)
            pve-nat = {
              content = ''
                chain postrouting {
                  type nat hook postrouting priority srcnat; policy accept;
                  ip saddr 10.99.0.0/24 oifname "mgmt" snat to 172.20.10.21
                }'';
              family = "ip";
            };
          };
        };
        # /etc/resolv.conf:6 (network/name_servers)
        search = [
          "tail1f2e3.ts.net"
          "hci.example.org"
        ];
        # /etc/network/interfaces:16-84, /etc/network/interfaces.d/sdn:4 (network/networkd)
        useDHCP = false;
        useNetworkd = true;
        vswitches.vmbr0 = {
          # /etc/network/interfaces:32-81 (network/open_vswitch)
          extraOvsctlCmds = ''
            add-bond vmbr0 bond0 nic0 nic1 bond_mode=balance-tcp lacp=active other_config:lacp-time=fast vlan_mode=native-untagged
            set Bridge vmbr0 mcast_snooping_enable=true
            set interface cephclu mtu_request=9000
            set interface cephpub mtu_request=9000
            set interface coro0 mtu_request=1500
            set interface mgmt mtu_request=1500
            set interface nic0 mtu_request=9000
            set interface nic1 mtu_request=9000
            set interface vmbr0 mtu_request=9000'';
          interfaces = {
            # /etc/network/interfaces:68,70-71,73 (network/open_vswitch)
            cephclu = {
              type = "internal";
              vlan = 13;
            };
            # /etc/network/interfaces:59,61-62,64 (network/open_vswitch)
            cephpub = {
              type = "internal";
              vlan = 12;
            };
            # /etc/network/interfaces:50,52-53,55 (network/open_vswitch)
            coro0 = {
              type = "internal";
              vlan = 11;
            };
            # /etc/network/interfaces:40,43-44,46 (network/open_vswitch)
            mgmt = {
              type = "internal";
              vlan = 10;
            };
          };
        };
      };

      # host arch (system/identity)
      nixpkgs.hostPlatform = "x86_64-linux";

      power.ups = {
        # /etc/nut/nut.conf:1, unit nut-monitor.service (hardware/ups)
        enable = true;
        mode = "netclient";
        # /etc/nut/upsmon.conf:1-2,4-5 (hardware/ups)
        upsmon = {
          monitor.rack3-172-20-10-5 = {
            passwordFile = "/run/nut-passwords/monitor-rack3-172-20-10-5";
            powerValue = 1;
            system = "rack3@172.20.10.5";
            type = "secondary";
            user = "upsmon";
          };
          settings = {
            FINALDELAY = 20;
            MINSUPPLIES = 1;
            POLLFREQ = 5;
          };
        };
      };

      # package mtr-tiny (catalog/packages_server.cue:1204)
      programs.mtr.enable = true;

      security = {
        # /etc/pve/nodes/ceph1/lxc/120.conf, /etc/pve/nodes/ceph1/lxc/121.conf,
        # /etc/pve/nodes/ceph1/lxc/122.conf, unit apparmor.service (catalog/units_pve.cue:11,
        # containers/lxc_host)
        apparmor.enable = true;
        # /etc/sudoers.d/ops:1 (users/sudo_rules)
        sudo.extraRules = [
          {
            commands = [
              {
                command = "/run/current-system/sw/bin/ceph *";
                options = [ "NOPASSWD" ];
              }
              {
                command = "/run/current-system/sw/bin/ha-manager status";
                options = [ "NOPASSWD" ];
              }
            ];
            runAs = "ALL";
            users = [ "ops" ];
          }
        ];
      };

      services = {
        chrony = {
          # /etc/chrony/chrony.conf:2-3, /etc/chrony/sources.d/peers.sources:1-2, unit
          # chrony.service (catalog/units_pve.cue:134, system/time_servers)
          enable = true;
          # /etc/chrony/chrony.conf:2-3,12, /etc/chrony/conf.d/allow.conf:1-2,
          # /etc/chrony/sources.d/peers.sources:1-2 (system/time_servers)
          extraConfig = ''
            pool ptbtime1.ptb.de iburst nts
            pool 2.debian.pool.ntp.org iburst
            makestep 1 3
            allow 172.20.11.0/24
            local stratum 10 orphan
            peer 172.20.11.22
            peer 172.20.11.23
          '';
          # /etc/chrony/chrony.conf:2-3, /etc/chrony/sources.d/peers.sources:1-2
          # (system/time_servers)
          servers = [ ];
        };
        cron = {
          # /etc/cron.d/node-exporter-ceph:1, /etc/cron.weekly/rpool-status,
          # /var/spool/cron/crontabs/root:4-5, unit cron.service (catalog/units_debian.cue:243,
          # system/cron_jobs)
          enable = true;
          # /etc/cron.weekly/rpool-status (system/cron_jobs)
          systemCronJobs = [ "47 6 * * 7 root /etc/cron.weekly/rpool-status" ];
        };
        # /etc/cron.d/node-exporter-ceph:1, /etc/cron.weekly/rpool-status,
        # /var/spool/cron/crontabs/root:4-5, local file /usr/local/bin/pve-remove-nag.sh, local file
        # /usr/local/sbin/ceph-scrub-window, local file /usr/local/sbin/ceph-textfile, 2 more
        # (system/debian_paths, system/own_scripts)
        envfs = {
          enable = true;
          extraFallbackPathCommands = "ln -sf ${config.system.path}/bin/* $out/";
        };
        # unit fstrim.timer (catalog/units_debian.cue:345)
        fstrim.enable = true;
        # /etc/systemd/journald.conf.d/size.conf:2 (system/journal)
        journald.extraConfig = ''
          SystemMaxUse=4G
        '';
        lldpd = {
          # /etc/lldpd.d/ifnames.conf:1-2, config file /etc/lldpd.d/ifnames.conf, unit lldpd.service
          # (catalog/units_server.cue:1376, network/neighbour_discovery)
          enable = true;
          # /etc/lldpd.d/ifnames.conf:1-2, config file /etc/lldpd.d/ifnames.conf
          # (network/neighbour_discovery)
          extraArgs = [
            "-O"
            "/var/lib/pve2nix/etc/lldpd.d/ifnames.conf"
          ];
        };
        lvm = {
          # package thin-provisioning-tools (catalog/packages_pve.cue:1170)
          boot.thin.enable = true;
          # unit dm-event.socket (catalog/units_pve.cue:161)
          dmeventd.enable = true;
        };
        # /etc/iscsi/iscsid.conf:2-3 (storage/iscsi_settings)
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
          # /etc/ssh/sshd_config.d/99-local.conf:1-3 (users/sshd)
          listenAddresses = [
            {
              addr = "172.20.10.21";
            }
            {
              addr = "172.20.11.21";
            }
            {
              addr = "172.20.12.21";
            }
          ];
          settings = {
            # /etc/ssh/sshd_config.d/99-local.conf:4 (users/sshd)
            AllowUsers = [
              "root"
              "ops"
            ];
            # /etc/ssh/sshd_config.d/99-local.conf:5 (users/sshd)
            ClientAliveInterval = 60;
            # /etc/ssh/sshd_config:7 (users/sshd)
            KbdInteractiveAuthentication = false;
            # /etc/ssh/sshd_config:6 (users/sshd)
            PermitRootLogin = "yes";
            # /etc/ssh/sshd_config:10 (users/sshd)
            PrintMotd = false;
            # /etc/ssh/sshd_config:8 (users/sshd)
            UsePAM = true;
            # /etc/ssh/sshd_config:9 (users/sshd)
            X11Forwarding = true;
          };
        };
        postfix = {
          # /etc/postfix/main.cf:6-7, package postfix, unit postfix.service
          # (catalog/units_pve.cue:432, mail/aliases, system/mail)
          enable = true;
          # /etc/aliases:3, package proxmox-mail-forward (mail/aliases)
          rootAlias = "ops@hci.example.org";
          settings.main = {
            # /etc/postfix/main.cf:11 (system/mail)
            inet_interfaces = "loopback-only";
            # /etc/postfix/main.cf:12 (system/mail)
            inet_protocols = "ipv4";
            # /etc/postfix/main.cf:8 (system/mail)
            mydestination = [
              "$myhostname"
              "localhost.$mydomain"
              "localhost"
            ];
            # /etc/postfix/main.cf:1 (system/mail)
            myhostname = "ceph1.hci.example.org";
            # /etc/postfix/main.cf:10 (system/mail)
            mynetworks = [
              "127.0.0.0/8"
              "[::1]/128"
            ];
            # /etc/postfix/main.cf:9 (system/mail)
            relayhost = [ "[mail.hci.example.org]" ];
          };
        };
        prometheus.exporters.node = {
          # unit prometheus-node-exporter.service (catalog/units_server.cue:2284,
          # metrics/node_exporter)
          enable = true;
          # /etc/default/prometheus-node-exporter:1 (metrics/node_exporter)
          disabledCollectors = [ "zfs" ];
          enabledCollectors = [ "systemd" ];
          extraFlags = [ "--collector.textfile.directory=/var/lib/prometheus/node-exporter" ];
          listenAddress = "172.20.10.21";
          port = 9100;
        };
        # /etc/resolv.conf:5 (network/name_servers)
        resolved.enable = false;
        smartd = {
          # unit smartmontools.service (catalog/units_pve.cue:712)
          enable = true;
          # /etc/smartd.conf:2-7 (hardware/smart)
          autodetect = false;
          # /etc/smartd.conf:1 (hardware/smart)
          defaults.monitored = "-d removable -n standby";
          # /etc/smartd.conf:2-7 (hardware/smart)
          devices = [
            {
              device = "/dev/nvme0n1";
              options = "-a -W 6,65,75";
            }
            {
              device = "/dev/nvme1n1";
              options = "-a -W 6,65,75";
            }
            {
              device = "/dev/nvme2n1";
              options = "-a -W 6,65,75";
            }
            {
              device = "/dev/nvme3n1";
              options = "-a -W 6,65,75";
            }
            {
              device = "/dev/nvme4n1";
              options = "-a -W 6,65,75";
            }
            {
              device = "/dev/nvme5n1";
              options = "-a -W 6,65,75";
            }
          ];
        };
        # unit tailscaled.service (catalog/units_server.cue:2808)
        tailscale.enable = true;
        # /etc/pve/storage.cfg:10,15 (storage/rbd_links)
        udev.packages = [ config.services.proxmox-ve.package ];
        zfs = {
          autoScrub = {
            # /etc/cron.d/zfsutils-linux:4,7, unit zfs-scrub-monthly@.timer, unit
            # zfs-scrub-monthly@rpool.timer (catalog/units_pve.cue:795, storage/filesystems,
            # system/debian_maintenance)
            enable = true;
            # /etc/cron.d/zfsutils-linux:7 (storage/filesystems)
            interval = "monthly";
          };
          # /etc/cron.d/zfsutils-linux:4,7 (system/debian_maintenance)
          trim.enable = true;
          # /etc/zfs/zed.d/zed.rc:1,3-5 (5 rules and catalog entries)
          zed.settings = {
            ZED_EMAIL_ADDR = [ "root" ];
            ZED_NOTIFY_INTERVAL_SECS = 3600;
            ZED_NOTIFY_VERBOSE = true;
            ZED_USE_ENCLOSURE_LEDS = true;
          };
        };
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

      systemd = {
        network = {
          # /etc/network/interfaces:16-84, /etc/network/interfaces.d/sdn:4 (network/networkd)
          enable = true;
          config.networkConfig = {
            ManageForeignRoutes = false;
            ManageForeignRoutingPolicyRules = false;
          };
          links = {
            # /usr/local/lib/systemd/network/50-pmx-nic0.link:2-3,6, config file
            # /usr/local/lib/systemd/network/50-pmx-nic0.link (network/interface_names)
            "10-nic0" = {
              linkConfig = {
                AlternativeNamesPolicy = "database onboard slot path";
                MACAddressPolicy = "none";
                Name = "nic0";
              };
              matchConfig.PermanentMACAddress = "b8:ce:f6:5a:10:20";
            };
            # /usr/local/lib/systemd/network/50-pmx-nic1.link:2-3,6, config file
            # /usr/local/lib/systemd/network/50-pmx-nic1.link (network/interface_names)
            "10-nic1" = {
              linkConfig = {
                AlternativeNamesPolicy = "database onboard slot path";
                MACAddressPolicy = "none";
                Name = "nic1";
              };
              matchConfig.PermanentMACAddress = "b8:ce:f6:5a:10:21";
            };
            # /usr/local/lib/systemd/network/50-pmx-nic2.link:2-3,6, config file
            # /usr/local/lib/systemd/network/50-pmx-nic2.link (network/interface_names)
            "10-nic2" = {
              linkConfig = {
                AlternativeNamesPolicy = "database onboard slot path";
                MACAddressPolicy = "none";
                Name = "nic2";
              };
              matchConfig.PermanentMACAddress = "3c:ec:ef:9d:44:02";
            };
            # /usr/local/lib/systemd/network/50-pmx-nic3.link:2-3,6, config file
            # /usr/local/lib/systemd/network/50-pmx-nic3.link (network/interface_names)
            "10-nic3" = {
              linkConfig = {
                AlternativeNamesPolicy = "database onboard slot path";
                MACAddressPolicy = "none";
                Name = "nic3";
              };
              matchConfig.PermanentMACAddress = "3c:ec:ef:9d:44:03";
            };
          };
          netdevs = {
            "10-vlab0" = {
              # /etc/network/interfaces.d/sdn:4,11 (network/bridges)
              bridgeConfig.STP = false;
              netdevConfig = {
                # /etc/network/interfaces.d/sdn:4, /etc/pve/sdn/subnets.cfg:1-2,5-6,
                # /etc/pve/sdn/vnets.cfg:1-3, /etc/pve/sdn/zones.cfg:1,3 (network/bridges,
                # sdn/bridges)
                Kind = "bridge";
                # /etc/network/interfaces.d/sdn:4 (network/bridges)
                Name = "vlab0";
              };
            };
            # /etc/network/interfaces:84,86,88 (network/bridge_vlans, network/bridges)
            "10-vmbr1" = {
              bridgeConfig = {
                DefaultPVID = 1;
                STP = false;
                VLANFiltering = true;
              };
              netdevConfig = {
                Kind = "bridge";
                Name = "vmbr1";
              };
            };
          };
          networks = {
            "10-cephclu" = {
              # /etc/network/interfaces:68-69 (network/addresses)
              address = [ "172.20.13.21/24" ];
              linkConfig = {
                # /etc/network/interfaces:68,72 (network/interfaces)
                MTUBytes = "9000";
                # /etc/network/interfaces:68,77 (network/interfaces)
                RequiredForOnline = false;
              };
              # /etc/network/interfaces:68,77 (network/interfaces)
              matchConfig.Name = "cephclu";
              # /etc/network/interfaces:68 (network/addresses)
              networkConfig.ConfigureWithoutCarrier = true;
            };
            "10-cephpub" = {
              # /etc/network/interfaces:59-60 (network/addresses)
              address = [ "172.20.12.21/24" ];
              linkConfig = {
                # /etc/network/interfaces:59,63 (network/interfaces)
                MTUBytes = "9000";
                # /etc/network/interfaces:59,77 (network/interfaces)
                RequiredForOnline = false;
              };
              # /etc/network/interfaces:59,77 (network/interfaces)
              matchConfig.Name = "cephpub";
              # /etc/network/interfaces:59 (network/addresses)
              networkConfig.ConfigureWithoutCarrier = true;
            };
            "10-coro0" = {
              # /etc/network/interfaces:50-51 (network/addresses)
              address = [ "172.20.11.21/24" ];
              linkConfig = {
                # /etc/network/interfaces:50,54 (network/interfaces)
                MTUBytes = "1500";
                # /etc/network/interfaces:50,77 (network/interfaces)
                RequiredForOnline = false;
              };
              # /etc/network/interfaces:50,77 (network/interfaces)
              matchConfig.Name = "coro0";
              # /etc/network/interfaces:50 (network/addresses)
              networkConfig.ConfigureWithoutCarrier = true;
            };
            "10-mgmt" = {
              # /etc/network/interfaces:40-41 (network/addresses)
              address = [ "172.20.10.21/24" ];
              linkConfig = {
                # /etc/network/interfaces:40,45 (network/interfaces)
                MTUBytes = "1500";
                # /etc/network/interfaces:40,77 (network/interfaces)
                RequiredForOnline = "routable";
              };
              # /etc/network/interfaces:40,77 (network/interfaces)
              matchConfig.Name = "mgmt";
              # /etc/network/interfaces:40 (network/addresses)
              networkConfig.ConfigureWithoutCarrier = true;
              # /etc/network/interfaces:40,42 (network/addresses)
              routes = [
                {
                  Gateway = "172.20.10.1";
                }
              ];
            };
            "10-nic0" = {
              linkConfig = {
                # /etc/network/interfaces:16-17 (network/interfaces)
                MTUBytes = "9000";
                # /etc/network/interfaces:16,32 (network/interfaces)
                RequiredForOnline = false;
              };
              # /etc/network/interfaces:16,32 (network/interfaces)
              matchConfig.Name = "nic0";
              # /etc/network/interfaces:32 (network/interfaces)
              networkConfig.KeepMaster = true;
            };
            "10-nic1" = {
              linkConfig = {
                # /etc/network/interfaces:20-21 (network/interfaces)
                MTUBytes = "9000";
                # /etc/network/interfaces:20,32 (network/interfaces)
                RequiredForOnline = false;
              };
              # /etc/network/interfaces:20,32 (network/interfaces)
              matchConfig.Name = "nic1";
              # /etc/network/interfaces:32 (network/interfaces)
              networkConfig.KeepMaster = true;
            };
            # /etc/network/interfaces:24-25 (network/addresses, network/interfaces)
            "10-nic2" = {
              address = [ "172.20.14.21/24" ];
              linkConfig.RequiredForOnline = false;
              matchConfig.Name = "nic2";
              networkConfig.ConfigureWithoutCarrier = true;
            };
            "10-nic3" = {
              # /etc/network/interfaces:84,89 (network/bridge_vlans)
              bridgeVLANs = [
                {
                  EgressUntagged = 1;
                  PVID = 1;
                }
                {
                  VLAN = "2-4094";
                }
              ];
              # /etc/network/interfaces:29,84 (network/interfaces)
              linkConfig.RequiredForOnline = false;
              matchConfig.Name = "nic3";
              # /etc/network/interfaces:84-85 (network/interfaces)
              networkConfig.Bridge = "vmbr1";
            };
            # /etc/network/interfaces.d/sdn:4-5,10,14 (network/addresses, network/bridges,
            # network/interfaces)
            "10-vlab0" = {
              address = [ "10.99.0.1/24" ];
              linkConfig.RequiredForOnline = false;
              matchConfig.Name = "vlab0";
              networkConfig = {
                ConfigureWithoutCarrier = true;
                IPv4Forwarding = true;
              };
            };
            # /etc/network/interfaces:77,80 (network/interfaces)
            "10-vmbr0" = {
              linkConfig = {
                MTUBytes = "9000";
                RequiredForOnline = false;
              };
              matchConfig.Name = "vmbr0";
            };
            # /etc/network/interfaces:84 (network/bridge_vlans, network/bridges, network/interfaces)
            "10-vmbr1" = {
              bridgeVLANs = [
                {
                  EgressUntagged = 1;
                  PVID = 1;
                }
              ];
              linkConfig.RequiredForOnline = false;
              matchConfig.Name = "vmbr1";
              networkConfig.ConfigureWithoutCarrier = true;
            };
          };
          # /etc/network/interfaces:16-84, /etc/network/interfaces.d/sdn:4 (network/networkd)
          wait-online.enable = true;
        };
        # host ceph1 (bridges/companion)
        paths.companion-committed = {
          description = "Start of the companion when the trial is committed";
          pathConfig = {
            PathChanged = "/var/lib/pve2nix/guard/committed";
            Unit = "companion-commands.service";
          };
          unitConfig.ConditionPathExists = "/var/lib/pve2nix/guard/trial.json";
          wantedBy = [ "multi-user.target" ];
        };
        services = {
          # storage 0, storage 1, storage 2, 6 more (conversion/guard_stores)
          ceph-mon-ceph1.unitConfig.ConditionPathExists = [
            "|!/var/lib/pve2nix/guard/trial.json"
            "|/var/lib/pve2nix/guard/committed"
          ];
          ceph-osd-0.unitConfig.ConditionPathExists = [
            "|!/var/lib/pve2nix/guard/trial.json"
            "|/var/lib/pve2nix/guard/committed"
          ];
          ceph-osd-1.unitConfig.ConditionPathExists = [
            "|!/var/lib/pve2nix/guard/trial.json"
            "|/var/lib/pve2nix/guard/committed"
          ];
          ceph-osd-2.unitConfig.ConditionPathExists = [
            "|!/var/lib/pve2nix/guard/trial.json"
            "|/var/lib/pve2nix/guard/committed"
          ];
          ceph-osd-3.unitConfig.ConditionPathExists = [
            "|!/var/lib/pve2nix/guard/trial.json"
            "|/var/lib/pve2nix/guard/committed"
          ];
          # unit ceph-scrub-window@.service (system/local_units)
          "ceph-scrub-window@" = {
            after = [
              "bin.mount"
              "usr-bin.mount"
              "ceph.target"
            ];
            description = "Sets or clears the nodeep-scrub flag (%i)";
            path = [
              "/run/wrappers"
              "/run/current-system/sw"
              "/usr/local"
            ];
            serviceConfig = {
              ExecStart = "/usr/local/sbin/ceph-scrub-window %i";
              Type = "oneshot";
            };
          };
          # storage 0, storage 1, storage 2, 6 more (conversion/guard_stores)
          ceph-volume-all.unitConfig.ConditionPathExists = [
            "|!/var/lib/pve2nix/guard/trial.json"
            "|/var/lib/pve2nix/guard/committed"
          ];
          # host ceph1 (bridges/companion)
          companion-commands = {
            after = [ "var-lib-machines-companion.mount" ];
            description = "Commands of the packages of the companion";
            serviceConfig = {
              ExecStart = "/var/lib/pve2nix/guard/pve2nix bridge companion link hci-admin-tools";
              RemainAfterExit = true;
              RuntimeDirectory = "companion";
              Type = "oneshot";
            };
            unitConfig = {
              ConditionPathExists = [
                "|!/var/lib/pve2nix/guard/trial.json"
                "|/var/lib/pve2nix/guard/committed"
                "/var/lib/pve2nix/guard/pve2nix"
              ];
              RequiresMountsFor = [ "/var/lib/pve2nix" ];
            };
            wantedBy = [ "multi-user.target" ];
            wants = [ "var-lib-machines-companion.mount" ];
          };
          # /etc/cron.d/node-exporter-ceph:1, /etc/cron.weekly/rpool-status,
          # /var/spool/cron/crontabs/root:4-5 (conversion/guard_jobs, system/cron_jobs)
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
          # /etc/pve/nodes/ceph1/lxc/120.conf:6,11, /etc/pve/nodes/ceph1/lxc/121.conf:11
          # (backup/jobs)
          guest-backup-4c7f0c3e-1d5b = {
            after = [
              "network-online.target"
              "remote-fs.target"
            ];
            description = "Backup of guests 120, 121";
            environment = {
              BWLIMIT = "512000";
              CEPH = "ceph-ct --id admin --keyring /var/lib/pve2nix/etc/pve/priv/ceph/ceph-ct.keyring --conf /var/lib/pve2nix/etc/pve/ceph.conf";
              COMPRESS = "none";
              GUESTS = "120|ct|lxc|lxc-120||mp0=rbd:ceph-ct:ceph-ct/vm-120-disk-1,root=rbd:ceph-ct:ceph-ct/vm-120-disk-0 121|ct|lxc|lxc-121||root=zfs:rpool/data/subvol-121-disk-0";
              HOME = "/run/guest-backup-4c7f0c3e-1d5b";
              KEEP = "daily=14 weekly=8 monthly=6";
              KEYFILE = "";
              LC_ALL = "C";
              LIBVIRT_DEFAULT_URI = "qemu:///system";
              MAILTO = "";
              MAILWHEN = "always";
              MASTERKEY = "";
              MODE = "snapshot";
              MOUNT = "";
              NAMESPACE = "hci/prod";
              NOTES_120 = "hci mon01";
              NOTES_121 = "hci runner";
              PBS_FINGERPRINT = "4e:19:b2:07:cc:5a:e8:31:90:6d:f4:2b:a7:13:58:de:0c:86:71:95:3f:ea:42:bd:60:17:d9:84:2c:a5:fb:38";
              PBS_PASSWORD_FILE = "/etc/pve/priv/storage/pbs-offsite.pw";
              PROTECTED = "";
              REPOSITORY = "hci@pbs!cluster@pbs.dr.example.org:8017:hci";
              SCRATCH = "/var/lib/libvirt/guest-backup";
              SCRIPT = "";
              STORE = "";
              STOREID = "pbs-offsite";
            };
            path = [
              pkgs.acl
              pkgs.ceph-client
              pkgs.gnutar
              pkgs.gzip
              pkgs.lxc
              pkgs.proxmox-backup-client
              pkgs.pv
              pkgs.util-linux
              pkgs.zstd
              config.boot.zfs.package
            ];
            restartIfChanged = false;
            script = ''
              . /etc/guest-backup
            '';
            serviceConfig = {
              IOSchedulingClass = "best-effort";
              IOSchedulingPriority = 7;
              RuntimeDirectory = "guest-backup-4c7f0c3e-1d5b";
              Type = "oneshot";
            };
            unitConfig.ConditionPathExists = [
              "|!/var/lib/pve2nix/guard/trial.json"
              "|/var/lib/pve2nix/guard/committed"
            ];
            wants = [ "network-online.target" ];
          };
          # /etc/ksmtuned.conf:1-2 (system/ksm_thresholds)
          ksm-thresholds = {
            after = [ "enable-ksm.service" ];
            description = "Thresholds for sharing memory of guests";
            environment = {
              KSM_MONITOR_INTERVAL = "60";
              KSM_NPAGES_BOOST = "300";
              KSM_NPAGES_DECAY = "-50";
              KSM_NPAGES_MAX = "1250";
              KSM_NPAGES_MIN = "64";
              KSM_SLEEP_MSEC = "100";
              KSM_THRES_COEF = "10";
              KSM_THRES_CONST = "2048";
            };
            path = [ pkgs.gawk ];
            script = ''
              cd /sys/kernel/mm/ksm
              total=$(awk '/^MemTotal:/ { print $2 }' /proc/meminfo)
              limit=$((total * KSM_THRES_COEF / 100))
              if [ "$KSM_THRES_CONST" -gt "$limit" ]; then limit=$KSM_THRES_CONST; fi
              pause=$((KSM_SLEEP_MSEC * 16777216 / total))
              if [ "$pause" -lt 10 ]; then pause=10; fi
              echo "$pause" > sleep_millisecs
              pages=0
              while true; do
                free=$(awk '/^(MemFree|Buffers|Cached):/ { n += $2 } END { print n }' /proc/meminfo)
                if [ "$free" -lt "$limit" ]; then run=1 pages=$((pages + KSM_NPAGES_BOOST)); else run=0 pages=$((pages + KSM_NPAGES_DECAY)); fi
                if [ "$pages" -lt "$KSM_NPAGES_MIN" ]; then pages=$KSM_NPAGES_MIN; fi
                if [ "$pages" -gt "$KSM_NPAGES_MAX" ]; then pages=$KSM_NPAGES_MAX; fi
                echo "$pages" > pages_to_scan
                echo "$run" > run
                sleep "$KSM_MONITOR_INTERVAL"
              done
            '';
            serviceConfig = {
              Restart = "on-failure";
              RestartSec = "60s";
            };
            wantedBy = [ "multi-user.target" ];
          };
          # /etc/pve/nodes/ceph1/lxc/120.conf:6,9,11-12 (containers/lxc_units,
          # conversion/guard_guests)
          lxc-120 = {
            after = [
              "apparmor.service"
              "lxcfs.service"
              "network.target"
              "network-online.target"
              "sys-subsystem-net-devices-vmbr0.device"
            ];
            before = [ "pve-guests.service" ];
            description = "LXC container 120 (mon01)";
            path = [
              pkgs.apparmor-parser
              pkgs.iproute2
              pkgs.lxc
              pkgs.util-linux
              pkgs.openvswitch
              pkgs.ceph-client
            ];
            postStop = ''
              ! mountpoint -q /var/lib/lxc/120/mp0 || umount /var/lib/lxc/120/mp0
              ! mountpoint -q /var/lib/lxc/120/rootfs || umount /var/lib/lxc/120/rootfs
              ! test -b /run/rbd/120-rootfs || rbd device unmap "$(readlink /run/rbd/120-rootfs)"
              ! test -b /run/rbd/120-mp0 || rbd device unmap "$(readlink /run/rbd/120-mp0)"
            '';
            preStart = ''
              ln -sf /etc/lxc/120.conf /var/lib/lxc/120/config
              for group in /sys/fs/cgroup/lxc/120 /sys/fs/cgroup/lxc.monitor/120; do
                ! test -d "$group" || find "$group" -depth -type d -exec rmdir {} +
              done
              map() { # link, image, how Ceph is reached
                ! test -b "$1" || return 0
                for _ in $(seq 30); do
                  case $(timeout 60 rbd "''${@:3}" status "$2") in
                  *"Watchers: none"*)
                    device=$(timeout 60 rbd "''${@:3}" device map --exclusive "$2") || return 1
                    mkdir -p "$(dirname "$1")" && ln -sfn "$device" "$1"
                    return
                    ;;
                  esac
                  sleep 2
                done
                echo "$2 is open on another host, or Ceph does not answer" >&2
                return 1
              }
              mkdir -p /var/lib/lxc/120/rootfs /var/lib/lxc/120/mp0
              map /run/rbd/120-rootfs ceph-ct/vm-120-disk-0 --id admin --keyring /var/lib/pve2nix/etc/pve/priv/ceph/ceph-ct.keyring --conf /var/lib/pve2nix/etc/pve/ceph.conf
              mountpoint -q /var/lib/lxc/120/rootfs || mount /run/rbd/120-rootfs /var/lib/lxc/120/rootfs
              map /run/rbd/120-mp0 ceph-ct/vm-120-disk-1 --id admin --keyring /var/lib/pve2nix/etc/pve/priv/ceph/ceph-ct.keyring --conf /var/lib/pve2nix/etc/pve/ceph.conf
              mountpoint -q /var/lib/lxc/120/mp0 || mount /run/rbd/120-mp0 /var/lib/lxc/120/mp0
            '';
            preStop = ''
              ln -sf /etc/lxc/120.conf /var/lib/lxc/120/config
              test "$(lxc-info -n 120 -sH)" != RUNNING || lxc-stop -n 120 -t 180'';
            restartIfChanged = false;
            script = "exec lxc-start -F -n 120";
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
              RequiresMountsFor = [ "/var/lib/lxc/120" ];
            };
            wantedBy = [ "multi-user.target" ];
            wants = [
              "lxcfs.service"
              "network-online.target"
              "sys-subsystem-net-devices-vmbr0.device"
            ];
          };
          # /etc/pve/nodes/ceph1/lxc/121.conf:7,9,11 (containers/lxc_units, conversion/guard_guests)
          lxc-121 = {
            after = [
              "apparmor.service"
              "lxcfs.service"
              "network.target"
              "sys-subsystem-net-devices-vlab0.device"
              "zfs.target"
              "pve-guests.service"
              "lxc-120.service"
            ];
            description = "LXC container 121 (runner)";
            path = [
              pkgs.apparmor-parser
              pkgs.iproute2
              pkgs.lxc
              pkgs.util-linux
              config.boot.zfs.package
            ];
            postStop = ''
              ! mountpoint -q /var/lib/lxc/121/mp0 || umount /var/lib/lxc/121/mp0
              ! mountpoint -q /var/lib/lxc/121/rootfs || umount /var/lib/lxc/121/rootfs
            '';
            preStart = ''
              ln -sf /etc/lxc/121.conf /var/lib/lxc/121/config
              for group in /sys/fs/cgroup/lxc/121 /sys/fs/cgroup/lxc.monitor/121; do
                ! test -d "$group" || find "$group" -depth -type d -exec rmdir {} +
              done
              mkdir -p /var/lib/lxc/121/rootfs /var/lib/lxc/121/mp0
              test "$(zfs get -H -o value mounted rpool/data/subvol-121-disk-0)" = yes || zfs mount rpool/data/subvol-121-disk-0
              mountpoint -q /var/lib/lxc/121/rootfs || mount --bind "$(zfs get -H -o value mountpoint rpool/data/subvol-121-disk-0)" /var/lib/lxc/121/rootfs
              test "$(zfs get -H -o value mounted rpool/data/subvol-121-disk-1)" = yes || zfs mount rpool/data/subvol-121-disk-1
              mountpoint -q /var/lib/lxc/121/mp0 || mount --bind "$(zfs get -H -o value mountpoint rpool/data/subvol-121-disk-1)" /var/lib/lxc/121/mp0
            '';
            preStop = ''
              ln -sf /etc/lxc/121.conf /var/lib/lxc/121/config
              test "$(lxc-info -n 121 -sH)" != RUNNING || lxc-stop -n 121 -t 180'';
            restartIfChanged = false;
            script = "exec lxc-start -F -n 121";
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
              RequiresMountsFor = [ "/var/lib/lxc/121" ];
            };
            wantedBy = [ "multi-user.target" ];
            wants = [
              "lxcfs.service"
              "sys-subsystem-net-devices-vlab0.device"
            ];
          };
          # /etc/pve/nodes/ceph1/lxc/122.conf:5,9,12 (containers/lxc_units, conversion/guard_guests)
          lxc-122 = {
            after = [
              "apparmor.service"
              "lxcfs.service"
              "network.target"
              "network-online.target"
              "sys-subsystem-net-devices-vmbr0.device"
            ];
            description = "LXC container 122 (grafana)";
            path = [
              pkgs.apparmor-parser
              pkgs.iproute2
              pkgs.lxc
              pkgs.util-linux
              pkgs.openvswitch
              pkgs.ceph-client
            ];
            postStop = ''
              ! mountpoint -q /var/lib/lxc/122/mp0 || umount /var/lib/lxc/122/mp0
              ! mountpoint -q /var/lib/lxc/122/rootfs || umount /var/lib/lxc/122/rootfs
              ! test -b /run/rbd/122-rootfs || rbd device unmap "$(readlink /run/rbd/122-rootfs)"
              ! test -b /run/rbd/122-mp0 || rbd device unmap "$(readlink /run/rbd/122-mp0)"
            '';
            preStart = ''
              ln -sf /etc/lxc/122.conf /var/lib/lxc/122/config
              for group in /sys/fs/cgroup/lxc/122 /sys/fs/cgroup/lxc.monitor/122; do
                ! test -d "$group" || find "$group" -depth -type d -exec rmdir {} +
              done
              if test -e /var/lib/pve2nix/etc/pve/nodes/ceph1/lxc/122.conf; then
                (
                  umask 077
                  sed '/^\[/,$d' /var/lib/pve2nix/etc/pve/nodes/ceph1/lxc/122.conf |
                    sed -n -E -e 's/^(lxc\.environment(\.[a-z]+)?)[[:space:]]*[:=][[:space:]]*/\1 = /p' -e 's/^env:[[:space:]]*/env:/p' |
                    tr '\0' '\n' | sed -E -e 's/^env://' -e '/^lxc\.environment/!s/^/lxc.environment.runtime = /' >/var/lib/lxc/122/local.d/pve.conf
                )
              fi
              map() { # link, image, how Ceph is reached
                ! test -b "$1" || return 0
                for _ in $(seq 30); do
                  case $(timeout 60 rbd "''${@:3}" status "$2") in
                  *"Watchers: none"*)
                    device=$(timeout 60 rbd "''${@:3}" device map --exclusive "$2") || return 1
                    mkdir -p "$(dirname "$1")" && ln -sfn "$device" "$1"
                    return
                    ;;
                  esac
                  sleep 2
                done
                echo "$2 is open on another host, or Ceph does not answer" >&2
                return 1
              }
              mkdir -p /var/lib/lxc/122/rootfs /var/lib/lxc/122/mp0
              map /run/rbd/122-rootfs ceph-ct/vm-122-disk-0 --id admin --keyring /var/lib/pve2nix/etc/pve/priv/ceph/ceph-ct.keyring --conf /var/lib/pve2nix/etc/pve/ceph.conf
              mountpoint -q /var/lib/lxc/122/rootfs || mount /run/rbd/122-rootfs /var/lib/lxc/122/rootfs
              map /run/rbd/122-mp0 ceph-ct/vm-122-disk-1 --id admin --keyring /var/lib/pve2nix/etc/pve/priv/ceph/ceph-ct.keyring --conf /var/lib/pve2nix/etc/pve/ceph.conf
              mountpoint -q /var/lib/lxc/122/mp0 || mount /run/rbd/122-mp0 /var/lib/lxc/122/mp0
            '';
            preStop = ''
              ln -sf /etc/lxc/122.conf /var/lib/lxc/122/config
              test "$(lxc-info -n 122 -sH)" != RUNNING || lxc-stop -n 122 -t 180'';
            restartIfChanged = false;
            script = "exec lxc-start -F -n 122";
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
              RequiresMountsFor = [ "/var/lib/lxc/122" ];
            };
            wants = [
              "lxcfs.service"
              "network-online.target"
              "sys-subsystem-net-devices-vmbr0.device"
            ];
          };
          # unit nic-ring.service (system/local_units)
          nic-ring = {
            after = [ "systemd-networkd.service" ];
            before = [ "ceph.target" ];
            description = "Larger rings for the storage NICs";
            serviceConfig = {
              ExecStart = [
                "${pkgs.ethtool}/bin/ethtool -G nic0 rx 8192 tx 8192"
                "${pkgs.ethtool}/bin/ethtool -G nic1 rx 8192 tx 8192"
              ];
              RemainAfterExit = "yes";
              Type = "oneshot";
            };
            wantedBy = [ "multi-user.target" ];
          };
          # /etc/nut/upsmon.conf:1 (hardware/ups)
          nut-passwords = {
            before = [ "upsmon.service" ];
            description = "Passwords of Network UPS Tools";
            requiredBy = [ "upsmon.service" ];
            script = ''
              sed -nE -e 's/^[[:blank:]]*MONITOR[[:blank:]]+rack3@172\.20\.10\.5[[:blank:]]+[0-9]+[[:blank:]]+upsmon[[:blank:]]+"(([^"\\]|\\.)*)"[[:blank:]]+secondary([[:blank:]].*)?$/\1/p' -e 's/^[[:blank:]]*MONITOR[[:blank:]]+rack3@172\.20\.10\.5[[:blank:]]+[0-9]+[[:blank:]]+upsmon[[:blank:]]+([^"#[:blank:]]+)[[:blank:]]+secondary([[:blank:]].*)?$/\1/p' /var/lib/pve2nix/etc/nut/upsmon.conf > "$RUNTIME_DIRECTORY/monitor-rack3-172-20-10-5"
            '';
            serviceConfig = {
              RemainAfterExit = true;
              RuntimeDirectory = "nut-passwords";
              RuntimeDirectoryMode = "0700";
              Type = "oneshot";
              UMask = "0077";
            };
          };
          # /etc/pve/nodes/ceph1/config:1-2, /etc/pve/priv/acme/plugins.cfg:1, acme accounts
          # (api/certificates)
          pve-acme = {
            after = [
              "network-online.target"
              "pve-cluster.service"
              "pveproxy.service"
            ];
            description = "Renewal of the certificate of the web interface";
            path = [ pkgs.openssl ];
            requires = [ "pve-cluster.service" ];
            script = ''
              cert=/etc/pve/local/pveproxy-ssl.pem
              if [ ! -e "$cert" ] || openssl x509 -checkend 2592000 -noout -in "$cert" > /dev/null; then
                exit 0
              fi
              exec /run/current-system/sw/bin/pvenode acme cert renew
            '';
            serviceConfig.Type = "oneshot";
            unitConfig.ConditionPathExists = [
              "|!/var/lib/pve2nix/guard/trial.json"
              "|/var/lib/pve2nix/guard/committed"
            ];
            wants = [ "network-online.target" ];
          };
          pve-guests = {
            serviceConfig = {
              # /etc/pve/nodes/ceph1/config:4 (guests/starts)
              ExecStartPre = "/run/current-system/sw/bin/sleep 60";
              # unit pve-guests.service (guests/starts)
              TimeoutStopSec = "infinity";
            };
            # /etc/pve/nodes/ceph1/lxc/120.conf, /etc/pve/nodes/ceph1/lxc/121.conf,
            # /etc/pve/nodes/ceph1/lxc/122.conf, /etc/pve/nodes/ceph1/qemu-server/110.conf,
            # /etc/pve/nodes/ceph1/qemu-server/111.conf, /etc/pve/nodes/ceph1/qemu-server/112.conf
            # (conversion/guard_guests)
            unitConfig = {
              ConditionPathExists = [
                "|!/var/lib/pve2nix/guard/trial.json"
                "|/var/lib/pve2nix/guard/committed"
              ];
              RefuseManualStart = lib.mkForce false;
              RefuseManualStop = lib.mkForce false;
            };
          };
          pve-ha-crm = {
            # /etc/pve/datacenter.cfg:2,4, /etc/pve/ha/resources.cfg:1-15,
            # /etc/pve/ha/rules.cfg:1-14, package pve-ha-manager, unit pve-ha-crm.service, unit
            # pve-ha-lrm.service, 1 more (ha/manager)
            after = [
              "corosync.service"
              "pve-cluster.service"
              "pvedaemon.service"
              "watchdog-mux.service"
            ];
            description = "PVE Cluster HA Resource Manager Daemon";
            path = [
              config.services.proxmox-ve.package
              pkgs.bash
              pkgs.btrfs-progs
              pkgs.ceph
              pkgs.cdrkit
              pkgs.corosync
              pkgs.iproute2
              pkgs.kmod
              pkgs.lvm2
              pkgs.openssh
              pkgs.openssl
              pkgs.openvswitch
              pkgs.swtpm
              pkgs.util-linux
              pkgs.zfs
              pkgs.zstd
            ];
            preStop = ''
              pve-ha-crm stop
            '';
            restartIfChanged = false;
            script = ''
              exec pve-ha-crm start
            '';
            serviceConfig = {
              PIDFile = "/run/pve-ha-crm.pid";
              TimeoutStopSec = 65;
              Type = "forking";
            };
            # cluster ha resources (conversion/guard_jobs)
            unitConfig.ConditionPathExists = [
              "|!/var/lib/pve2nix/guard/trial.json"
              "|/var/lib/pve2nix/guard/committed"
            ];
            # /etc/pve/datacenter.cfg:2,4, /etc/pve/ha/resources.cfg:1-15,
            # /etc/pve/ha/rules.cfg:1-14, package pve-ha-manager, unit pve-ha-crm.service, unit
            # pve-ha-lrm.service, 1 more (ha/manager)
            wantedBy = [ "multi-user.target" ];
            wants = [
              "pve-cluster.service"
              "pvedaemon.service"
              "watchdog-mux.service"
            ];
          };
          pve-ha-lrm = {
            # /etc/pve/datacenter.cfg:2,4, /etc/pve/ha/resources.cfg:1-15,
            # /etc/pve/ha/rules.cfg:1-14, package pve-ha-manager, unit pve-ha-crm.service, unit
            # pve-ha-lrm.service, 1 more (ha/manager)
            after = [
              "corosync.service"
              "pve-cluster.service"
              "pve-ha-crm.service"
              "pve-storage.target"
              "pvedaemon.service"
              "pveproxy.service"
              "sshd.service"
              "watchdog-mux.service"
            ];
            description = "PVE Local HA Resource Manager Daemon";
            path = [
              config.services.proxmox-ve.package
              pkgs.bash
              pkgs.btrfs-progs
              pkgs.ceph
              pkgs.cdrkit
              pkgs.corosync
              pkgs.iproute2
              pkgs.kmod
              pkgs.lvm2
              pkgs.openssh
              pkgs.openssl
              pkgs.openvswitch
              pkgs.swtpm
              pkgs.util-linux
              pkgs.zfs
              pkgs.zstd
            ];
            preStop = ''
              pve-ha-lrm stop
            '';
            restartIfChanged = false;
            script = ''
              exec pve-ha-lrm start
            '';
            serviceConfig = {
              KillMode = "process";
              PIDFile = "/run/pve-ha-lrm.pid";
              TimeoutStopSec = "infinity";
              Type = "forking";
            };
            # cluster ha resources (conversion/guard_jobs)
            unitConfig.ConditionPathExists = [
              "|!/var/lib/pve2nix/guard/trial.json"
              "|/var/lib/pve2nix/guard/committed"
            ];
            # /etc/pve/datacenter.cfg:2,4, /etc/pve/ha/resources.cfg:1-15,
            # /etc/pve/ha/rules.cfg:1-14, package pve-ha-manager, unit pve-ha-crm.service, unit
            # pve-ha-lrm.service, 1 more (ha/manager)
            wantedBy = [ "multi-user.target" ];
            wants = [
              "pve-cluster.service"
              "pve-ha-crm.service"
              "pve-storage.target"
              "pvedaemon.service"
              "watchdog-mux.service"
            ];
          };
          # certificate /etc/pve/nodes/ceph1/pve-ssl.pem (certificates/node_renewal)
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
          # host ceph1 (conversion/guard)
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
            # /etc/pve/nodes/ceph1/qemu-server/112.conf:25 (guests/programs)
            path = [ pkgs.swtpm ];
            # host ceph1 (conversion/guard_jobs)
            unitConfig.ConditionPathExists = [
              "|!/var/lib/pve2nix/guard/trial.json"
              "|/var/lib/pve2nix/guard/committed"
            ];
          };
          # /etc/pve/nodes/ceph1/qemu-server/110.conf, /etc/pve/nodes/ceph1/qemu-server/111.conf,
          # /etc/pve/nodes/ceph1/qemu-server/112.conf (guests/programs)
          qmeventd.path = [ "/run/current-system/sw" ];
          # host ceph1 (bridges/companion)
          "systemd-nspawn@companion" = {
            after = [
              "network-online.target"
              "local-fs.target"
              "zfs.target"
            ];
            description = "What NixOS lacks, in a clone of the root of Proxmox VE";
            documentation = [ "man:systemd-nspawn(1)" ];
            environment = {
              SYSTEMD_NSPAWN_API_VFS_WRITABLE = "yes";
              SYSTEMD_NSPAWN_UNIFIED_HIERARCHY = "1";
            };
            restartIfChanged = false;
            serviceConfig = {
              Delegate = true;
              DeviceAllow = [ "char-pts rw" ];
              DevicePolicy = "closed";
              ExecStart = "${config.systemd.package}/bin/systemd-nspawn --quiet --keep-unit --boot --machine=companion --directory=/var/lib/machines/companion --settings=no --resolv-conf=bind-host --timezone=off --link-journal=no --capability=CAP_IPC_LOCK,CAP_NET_ADMIN,CAP_SYSLOG,CAP_SYS_MODULE,CAP_SYS_RAWIO,CAP_SYS_TIME \"--system-call-filter=@keyring @memlock @swap bpf fanotify_init open_by_handle_at perf_event_open quotactl\" --bind-ro=/dev/null:/etc/fstab --bind-ro=/etc/companion/allow:/dev/companion/allow --bind-ro=/etc/companion/companion.target:/run/systemd/system/companion.target --bind-ro=/etc/companion/automount.d:/run/systemd/system/automount.d --bind-ro=/etc/companion/mount.d:/run/systemd/system/mount.d --bind-ro=/etc/companion/path.d:/run/systemd/system/path.d --bind-ro=/etc/companion/service.d:/run/systemd/system/service.d --bind-ro=/etc/companion/socket.d:/run/systemd/system/socket.d --bind-ro=/etc/companion/swap.d:/run/systemd/system/swap.d --bind-ro=/etc/companion/timer.d:/run/systemd/system/timer.d systemd.unit=companion.target";
              KillMode = "mixed";
              RestartForceExitStatus = 133;
              Slice = "machine.slice";
              SuccessExitStatus = 133;
              TasksMax = "infinity";
              TimeoutStopSec = "2min";
              Type = "notify";
            };
            unitConfig = {
              ConditionPathExists = [
                "|!/var/lib/pve2nix/guard/trial.json"
                "|/var/lib/pve2nix/guard/committed"
              ];
              RequiresMountsFor = [ "/var/lib/machines/companion" ];
            };
            wants = [ "network-online.target" ];
          };
          # /etc/pve/datacenter.cfg:2,4, /etc/pve/ha/resources.cfg:1-15, /etc/pve/ha/rules.cfg:1-14,
          # package pve-ha-manager, unit pve-ha-crm.service, unit pve-ha-lrm.service, 1 more
          # (ha/manager)
          watchdog-mux = {
            description = "Proxmox VE watchdog multiplexer";
            path = [
              pkgs.kmod
              config.services.proxmox-ve.package
            ];
            restartIfChanged = false;
            script = ''
              busctl set-property org.freedesktop.systemd1 /org/freedesktop/systemd1 org.freedesktop.systemd1.Manager RuntimeWatchdogUSec t 0
              exec watchdog-mux
            '';
            serviceConfig = {
              OOMScoreAdjust = -1000;
              Restart = "no";
            };
            unitConfig.ConditionPathExists = [
              "|!/var/lib/pve2nix/guard/trial.json"
              "|/var/lib/pve2nix/guard/committed"
            ];
          };
        };
        # host ceph1 (conversion/guard)
        settings.Manager = {
          RebootWatchdogSec = "5min";
          RuntimeWatchdogSec = "60s";
        };
        timers = {
          # unit ceph-scrub-window-close.timer (conversion/guard_jobs, system/local_units)
          ceph-scrub-window-close = {
            description = "Closes the window for deep scrubs";
            timerConfig = {
              OnCalendar = "*-*-* 06:00";
              Unit = "ceph-scrub-window@close.service";
            };
            unitConfig.ConditionPathExists = [
              "|!/var/lib/pve2nix/guard/trial.json"
              "|/var/lib/pve2nix/guard/committed"
            ];
            wantedBy = [ "timers.target" ];
          };
          # unit ceph-scrub-window-open.timer (conversion/guard_jobs, system/local_units)
          ceph-scrub-window-open = {
            description = "Opens the window for deep scrubs";
            timerConfig = {
              OnCalendar = "*-*-* 22:00";
              Unit = "ceph-scrub-window@open.service";
            };
            unitConfig.ConditionPathExists = [
              "|!/var/lib/pve2nix/guard/trial.json"
              "|/var/lib/pve2nix/guard/committed"
            ];
            wantedBy = [ "timers.target" ];
          };
          # /etc/pve/nodes/ceph1/lxc/120.conf:6,11, /etc/pve/nodes/ceph1/lxc/121.conf:11
          # (backup/jobs)
          guest-backup-4c7f0c3e-1d5b = {
            description = "Time of the backup of guests 120, 121";
            timerConfig = {
              OnCalendar = "*-*-* 01:15:00";
              Persistent = false;
            };
            wantedBy = [ "timers.target" ];
          };
          # /etc/pve/nodes/ceph1/config:1-2, /etc/pve/priv/acme/plugins.cfg:1, acme accounts
          # (api/certificates)
          pve-acme = {
            timerConfig = {
              OnCalendar = "*-*-* 01:00:00";
              Persistent = true;
              RandomizedDelaySec = "5h";
            };
            wantedBy = [ "timers.target" ];
          };
          # certificate /etc/pve/nodes/ceph1/pve-ssl.pem (certificates/node_renewal)
          pve-node-certificate = {
            timerConfig = {
              OnCalendar = "daily";
              Persistent = true;
              RandomizedDelaySec = "5h";
            };
            wantedBy = [ "timers.target" ];
          };
          # host ceph1 (conversion/guard)
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
          # /etc/cron.d/node-exporter-ceph:1, /etc/cron.weekly/rpool-status,
          # /var/spool/cron/crontabs/root:4-5, local file /usr/local/bin/pve-remove-nag.sh, local
          # file /usr/local/sbin/ceph-scrub-window, local file /usr/local/sbin/ceph-textfile, 3 more
          # (4 rules and catalog entries)
          rules = [
            "L+ /bin/true - - - - /run/current-system/sw/bin/true"
            "L /usr/local/bin/ifdown - - - - /etc/ifupdown/commands"
            "L /usr/local/bin/ifquery - - - - /etc/ifupdown/commands"
            "L /usr/local/bin/ifreload - - - - /etc/ifupdown/commands"
            "L /usr/local/bin/ifup - - - - /etc/ifupdown/commands"
            "L /sbin - - - - /usr/bin"
            "L /usr/sbin - - - - /usr/bin"
          ];
          settings = {
            # storage/ceph_module
            "10-ceph"."/etc/ceph/ceph.conf"."L+".argument = "/etc/pve/ceph.conf";
            # /etc/pve/datacenter.cfg:2,4, /etc/pve/ha/resources.cfg:1-15,
            # /etc/pve/ha/rules.cfg:1-14, package pve-ha-manager, unit pve-ha-crm.service, unit
            # pve-ha-lrm.service, 1 more (ha/manager)
            "10-ha-manager" = {
              "/bin/journalctl"."L+".argument = "${config.systemd.package}/bin/journalctl";
              "/bin/systemctl"."L+".argument = "${config.systemd.package}/bin/systemctl";
            };
            "10-lxc" = {
              # /etc/pve/nodes/ceph1/lxc/120.conf (containers/lxc_host)
              "/var/lib/lxc/120".d = {
                group = "root";
                mode = "0755";
                user = "root";
              };
              "/var/lib/lxc/120/config"."L+".argument = "/etc/lxc/120.conf";
              # /etc/pve/nodes/ceph1/lxc/121.conf (containers/lxc_host)
              "/var/lib/lxc/121".d = {
                group = "root";
                mode = "0755";
                user = "root";
              };
              "/var/lib/lxc/121/config"."L+".argument = "/etc/lxc/121.conf";
              # /etc/pve/nodes/ceph1/lxc/122.conf (containers/lxc_host)
              "/var/lib/lxc/122".d = {
                group = "root";
                mode = "0755";
                user = "root";
              };
              "/var/lib/lxc/122/config"."L+".argument = "/etc/lxc/122.conf";
              "/var/lib/lxc/122/local.d".d = {
                group = "root";
                mode = "0700";
                user = "root";
              };
            };
            # /etc/pve/notifications.cfg:1, notification mail-to-root (notifications/templates)
            "10-notification-templates"."/usr/share/pve-manager"."L+".argument =
              "${config.services.proxmox-ve.package}/share/pve-manager";
            # /etc/pve/nodes/ceph1/qemu-server/110.conf, /etc/pve/nodes/ceph1/qemu-server/111.conf,
            # /etc/pve/nodes/ceph1/qemu-server/112.conf (guests/programs)
            "10-qm"."/usr/sbin/qm"."L+".argument = "/run/current-system/sw/bin/qm";
            # notification mail-to-root (notifications/sendmail)
            "10-sendmail"."/usr/sbin/sendmail"."L+".argument = "/run/wrappers/bin/sendmail";
            # /etc/pve/nodes/ceph1/qemu-server/112.conf:27 (catalog/properties_guests.cue:232)
            "10-virtiofsd"."/usr/libexec/virtiofsd"."L+".argument = "/run/current-system/sw/bin/virtiofsd";
          };
        };
      };

      # system time zone (system/clock_and_language)
      time.timeZone = "Europe/Berlin";

      users = {
        groups = {
          # /etc/group:66 (users/accounts)
          ci-images = {
            gid = 1001;
            members = [ ];
          };
          # /etc/group:65 (users/accounts)
          ops = {
            gid = 1000;
            members = [ ];
          };
        };
        # users/accounts
        mutableUsers = true;
        users = {
          # /etc/passwd:38 (users/accounts)
          ci-images = {
            description = "builds templates";
            group = "ci-images";
            home = "/home/ci-images";
            isNormalUser = true;
            shell = "/run/current-system/sw/bin/nologin";
            uid = 1001;
          };
          ops = {
            # /etc/passwd:37 (users/accounts)
            description = "Operations";
            # /etc/group:21 (users/accounts)
            extraGroups = [ "wheel" ];
            # /etc/passwd:37 (users/accounts)
            group = "ops";
            home = "/home/ops";
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
            # /etc/passwd:37 (users/accounts)
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

      virtualisation = {
        lxc = {
          # /etc/pve/nodes/ceph1/lxc/120.conf, /etc/pve/nodes/ceph1/lxc/121.conf,
          # /etc/pve/nodes/ceph1/lxc/122.conf, package lxc-pve (catalog/packages_pve.cue:551,
          # containers/lxc_host)
          enable = true;
          # /etc/pve/nodes/ceph1/lxc/120.conf, /etc/pve/nodes/ceph1/lxc/121.conf,
          # /etc/pve/nodes/ceph1/lxc/122.conf, package lxcfs, unit lxcfs.service
          # (catalog/packages_pve.cue:568, catalog/units_pve.cue:340, containers/lxc_host)
          lxcfs.enable = true;
        };
        # /etc/network/interfaces:77, unit openvswitch-switch.service (catalog/units_pve.cue:404,
        # network/open_vswitch)
        vswitch.enable = true;
      };
    }
    (lib.optionalAttrs (options.services ? proxmox-ve) {
      services.proxmox-ve = {
        # package proxmox-ve, package pve-manager (api/proxmox_ve, catalog/packages_pve.cue:1038,
        # catalog/packages_pve.cue:862)
        enable = true;
        # /etc/network/interfaces:77,84, /etc/network/interfaces.d/sdn:4 (network/bridge_list)
        bridges = [
          "vlab0"
          "vmbr0"
          "vmbr1"
        ];
        # storage/ceph/daemons (storage/ceph_module)
        ceph = {
          enable = true;
          mds = {
            enable = true;
            daemons = [ "ceph1" ];
          };
          mgr = {
            enable = true;
            daemons = [ "ceph1" ];
          };
          mon = {
            enable = true;
            daemons = [ "ceph1" ];
          };
          osd = {
            enable = true;
            daemons = [
              "0"
              "1"
              "2"
              "3"
            ];
          };
        };
        # /etc/hosts:2 (api/proxmox_ve)
        ipAddress = "172.20.10.21";
        # api/proxmox_ve
        openFirewall = false;
      };
    })
    {
      warnings =
        lib.optional (!(options.services ? proxmox-ve))
          "The modules of proxmox-nixos are not imported: services.proxmox-ve is not set up. Use the flake beside these modules.";
    }
  ];
}
