# Written by pve2nix golden for NixOS 25.11, target proxmox: all modules of the host pve1 in one
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
        # /etc/modprobe.d/blacklist-gpu.conf:1-3, /etc/modprobe.d/pve-blacklist.conf:4
        # (boot/modules)
        blacklistedKernelModules = [
          "nouveau"
          "gasket"
          "apex"
          "nvidiafb"
        ];
        # /etc/modprobe.d/kvm.conf:1-2, /etc/modprobe.d/vfio.conf:1-2 (boot/modules)
        extraModprobeConfig = ''
          options kvm ignore_msrs=1 report_ignored_msrs=0
          options kvm_intel nested=1
          options vfio-pci ids=10de:1eb8,1ac1:089a disable_vga=1
          softdep nouveau pre: vfio-pci
        '';
        initrd = {
          # hardware modules, hardware pci (boot/initrd)
          availableKernelModules = [
            "ahci"
            "nvme"
            "xhci_pci"
          ];
          # /etc/modprobe.d/vfio.conf:1 (hardware/vfio)
          kernelModules = [
            "vfio_pci"
            "vfio"
            "vfio_iommu_type1"
          ];
        };
        kernel.sysctl = {
          # host pve version (system/sysctl)
          "fs.aio-max-nr" = 1048576;
          "fs.inotify.max_queued_events" = 8388608;
          "fs.inotify.max_user_instances" = 65536;
          "fs.inotify.max_user_watches" = 4194304;
          "kernel.keys.maxkeys" = 2000;
          # /etc/sysctl.d/90-panic.conf:1 (system/sysctl)
          "kernel.panic" = 10;
          # host pve version (system/sysctl)
          "net.bridge.bridge-nf-call-arptables" = 0;
          "net.bridge.bridge-nf-call-ip6tables" = 0;
          "net.bridge.bridge-nf-call-iptables" = 0;
          "net.bridge.bridge-nf-filter-vlan-tagged" = 0;
          # /etc/sysctl.d/30-storage-net.conf:2 (system/sysctl)
          "net.core.rmem_max" = 67108864;
          # /etc/sysctl.d/30-storage-net.conf:3 (system/sysctl)
          "net.core.wmem_max" = 67108864;
          # /etc/sysctl.d/30-storage-net.conf:6 (system/sysctl)
          "net.ipv4.conf.bond1.rp_filter" = 2;
          # host pve version (system/sysctl)
          "net.ipv4.igmp_link_local_mcast_reports" = 0;
          "net.ipv4.neigh.default.gc_thresh3" = 8192;
          # /etc/sysctl.d/30-storage-net.conf:4 (system/sysctl)
          "net.ipv4.tcp_rmem" = "4096 87380 33554432";
          # /etc/sysctl.d/30-storage-net.conf:5 (system/sysctl)
          "net.ipv4.tcp_wmem" = "4096 65536 33554432";
          # host pve version (system/sysctl)
          "net.ipv6.neigh.default.gc_thresh3" = 8192;
          # /etc/pve/nodes/pve1/host.fw:5 (firewall/conntrack)
          "net.netfilter.nf_conntrack_max" = 524288;
          # /etc/sysctl.conf:7 (system/sysctl)
          "vm.swappiness" = 10;
        };
        # /etc/modules:3-5, /etc/modules-load.d/ipmi.conf:1-2,
        # /etc/modules-load.d/qemu-server.conf:1, /etc/pve/nodes/pve1/host.fw:5 (boot/modules,
        # firewall/conntrack)
        kernelModules = [
          "vfio"
          "vfio_iommu_type1"
          "vfio_pci"
          "ipmi_devintf"
          "ipmi_si"
          "vhost_net"
          "nf_conntrack"
        ];
        # host kernel (boot/kernel)
        kernelPackages = lib.mkDefault pkgs.linuxKernel.packages.linux_6_12;
        # /proc/cmdline (boot/kernel_parameters)
        kernelParams = [
          "intel_iommu=on"
          "iommu=pt"
        ];
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
      };

      # system keymap (system/clock_and_language)
      console.keyMap = "de-latin1";

      environment = {
        etc = {
          # /etc/pve/storage.cfg:41-43,45-47,49 (backup/server_command)
          "backup-servers/pbs1" = {
            mode = "0755";
            text = ''
              #!/bin/sh
              # proxmox-backup-client for the storage pbs1 of Proxmox VE
              export PBS_REPOSITORY='pve@pbs!prod@pbs1.prod.example.net:8007:prod''\'
              export PBS_PASSWORD_FILE='/etc/pve/priv/storage/pbs1.pw''\'
              export PBS_FINGERPRINT='9c:41:e7:2b:d0:66:1a:f8:5d:33:b7:0e:c2:94:58:ab:17:f0:6d:e9:82:3c:45:da:71:0b:9e:26:f3:8a:64:5f''\'
              case ''${1:-} in
              backup | list | snapshot | prune)
                set -- "$@" --ns 'vienna''\'
                ;;
              restore | mount | map | catalog)
                set -- "$@" --ns 'vienna' --keyfile '/etc/pve/priv/storage/pbs1.enc''\'
                ;;
              esac
              exec proxmox-backup-client "$@"
            '';
          };
          # /etc/crypttab:2 (storage/luks_later)
          crypttab.text = ''
            cryptscratch /dev/disk/by-uuid/8b82bb4f-76ca-4bb8-ad3a-d72d917c889c /root/.keys/scratch.key luks,discard,nofail
          '';
          # /etc/default/pveproxy:1-3 (api/proxy_access)
          "default/pveproxy".text = ''
            ALLOW_FROM="10.10.20.0/24,10.10.30.0/24"
            DENY_FROM="all"
            POLICY="allow"
          '';
          # host pve1 (backup/jobs)
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
            activation/thin_pool_autoextend_percent = 10
            activation/thin_pool_autoextend_threshold = 80
          '';
          # /etc/pve/nodes/pve1/lxc/200.conf (containers/lxc_host)
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
            lxc.cgroup2.memory.high = 4261412864
            lxc.cgroup2.memory.max = 4294967296
            lxc.cgroup2.memory.swap.max = 536870912
            lxc.environment = TERM=linux
            lxc.idmap = u 0 100000 1500
            lxc.idmap = g 0 100000 1500
            lxc.idmap = u 1500 1500 1
            lxc.idmap = g 1500 1500 1
            lxc.idmap = u 1501 101501 64035
            lxc.idmap = g 1501 101501 64035
            lxc.monitor.unshare = 1
            lxc.mount.auto = sys:mixed
            lxc.mount.entry = /var/lib/lxc/200/mp0 srv/media none bind,create=dir 0 0
            lxc.mount.entry = /var/lib/lxc/200/mp1 srv/projects none bind,create=dir 0 0
            lxc.mount.entry = /var/lib/lxc/200/mp2 srv/scans none bind,ro,create=dir 0 0
            lxc.net.0.type = veth
            lxc.net.0.veth.pair = veth200i0
            lxc.net.0.link = vmbr0
            lxc.net.0.veth.vlan.id = 30
            lxc.net.0.hwaddr = D2:4C:1A:20:00:C8
            lxc.net.0.name = eth0
            lxc.rootfs.path = /var/lib/lxc/200/rootfs
            lxc.seccomp.profile = /etc/lxc/unprivileged.seccomp
            lxc.tty.max = 2
            lxc.uts.name = files
          '';
          # /etc/pve/nodes/pve1/lxc/202.conf:10 (containers/lxc_cards)
          "lxc/202-net1-up" = {
            mode = "0755";
            text = ''
              #!/bin/sh
              set -eu
              tc qdisc replace dev veth202i1 root tbf rate 52428800bps burst 1mb latency 50ms
              tc qdisc replace dev veth202i1 handle ffff: ingress
              tc filter add dev veth202i1 parent ffff: prio 50 matchall action police rate 52428800bps burst 1mb mtu 64kb conform-exceed drop
            '';
          };
          # /etc/pve/nodes/pve1/lxc/202.conf (containers/lxc_host)
          "lxc/202.conf".text = ''
            lxc.include = /run/current-system/sw/share/lxc/config/common.conf
            lxc.include = /run/current-system/sw/share/lxc/config/userns.conf
            lxc.apparmor.allow_nesting = 1
            lxc.apparmor.profile = generated
            lxc.apparmor.raw = mount fstype=fuse,
            lxc.arch = amd64
            lxc.cgroup.dir.container = lxc/202
            lxc.cgroup.dir.container.inner = ns
            lxc.cgroup.dir.monitor = lxc.monitor/202
            lxc.cgroup.relative = 0
            lxc.cgroup2.cpu.max = 400000 100000
            lxc.cgroup2.cpuset.cpus = 0,1
            lxc.cgroup2.devices.allow = a
            lxc.cgroup2.devices.allow = c 10:200 rwm
            lxc.cgroup2.memory.high = 8522825728
            lxc.cgroup2.memory.max = 8589934592
            lxc.cgroup2.memory.swap.max = 2147483648
            lxc.environment = TERM=linux
            lxc.idmap = u 0 100000 65536
            lxc.idmap = g 0 100000 65536
            lxc.monitor.unshare = 1
            lxc.mount.auto = sys:mixed
            lxc.mount.entry = /sys/kernel/debug sys/kernel/debug none bind,optional 0 0
            lxc.mount.entry = /sys/kernel/security sys/kernel/security none bind,optional 0 0
            lxc.mount.entry = /sys/fs/pstore sys/fs/pstore none bind,optional 0 0
            lxc.mount.entry = mqueue dev/mqueue mqueue rw,relatime,create=dir,optional 0 0
            lxc.mount.entry = /dev/fuse dev/fuse none bind,create=file 0 0
            lxc.mount.entry = /var/lib/lxc/202/passthrough/dev0 dev/dri/renderD128 none bind,create=file 0 0
            lxc.mount.entry = /dev/net/tun dev/net/tun none bind,create=file
            lxc.net.0.type = veth
            lxc.net.0.veth.pair = veth202i0
            lxc.net.0.link = vmbr0
            lxc.net.0.veth.vlan.id = 61
            lxc.net.0.hwaddr = D2:4C:1A:20:00:CA
            lxc.net.0.name = eth0
            lxc.net.1.type = veth
            lxc.net.1.veth.pair = veth202i1
            lxc.net.1.link = vmbr1
            lxc.net.1.hwaddr = D2:4C:1A:20:01:CA
            lxc.net.1.name = eth1
            lxc.net.1.script.up = /etc/lxc/202-net1-up
            lxc.rootfs.path = /var/lib/lxc/202/rootfs
            lxc.seccomp.profile = /etc/lxc/unprivileged-keyctl.seccomp
            lxc.tty.max = 2
            lxc.uts.name = docker01
          '';
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
          # /etc/pve/nodes/pve1/lxc/200.conf (containers/lxc_host)
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
        # local file /usr/local/bin/vzdump-hook.sh, local file /usr/local/sbin/gpu-unbind, local
        # file /usr/local/sbin/nas-snapshot-report, 1 more (system/own_scripts)
        extraInit = ''
          export PATH="$PATH:/usr/local/sbin:/usr/local/bin"
        '';
        # package ifupdown2 (network/ifupdown_commands)
        profiles = lib.mkAfter [ "/usr/local" ];
        # /etc/pve/nodes/pve1/lxc/200.conf, /etc/pve/nodes/pve1/lxc/202.conf,
        # /etc/pve/nodes/pve1/qemu-server/100.conf:24, /etc/pve/nodes/pve1/qemu-server/101.conf:8,
        # /etc/pve/storage.cfg:41-43,45-47,49, /etc/sudoers.d/zabbix:1, 1 more files, package bc,
        # package bind9-dnsutils, package bind9-host, 75 more (83 rules and catalog entries)
        systemPackages = [
          pkgs.bc
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
          pkgs.eject
          pkgs.ethtool
          pkgs.libfaketime
          pkgs.file
          pkgs.frr
          pkgs.gptfdisk
          pkgs.cdrkit
          pkgs.glusterfs
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
          pkgs.pciutils
          pkgs.pigz
          pkgs.procmail
          pkgs.proxmox-backup-client
          pkgs.psmisc
          pkgs.pv
          pkgs.python3
          pkgs.qrencode
          pkgs.rsync
          pkgs.screen
          pkgs.smartmontools
          pkgs.samba
          pkgs.net-snmp
          pkgs.socat
          pkgs.sqlite
          pkgs.strace
          pkgs.swtpm
          pkgs.tcpdump
          pkgs.telegraf
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
          pkgs.zabbix70.agent2
          pkgs.zip
          pkgs.lxcfs
          pkgs.coreutils
          pkgs.util-linux
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
          device = "/dev/disk/by-uuid/6A1C-44F0";
          fsType = "vfat";
          options = [
            "nofail"
            "umask=0077"
          ];
        };
        # unit mnt-pve-scratch.mount (storage/mount_units)
        "/mnt/pve/scratch" = {
          device = "/dev/disk/by-uuid/6374bd9b-c3ae-4906-ae24-340bfb5948ce";
          fsType = "ext4";
          options = [ "nofail" ];
        };
        # /etc/fstab:7 (storage/fstab)
        "/srv/media" = {
          device = "nas1.prod.example.net:/mnt/tank/media";
          fsType = "nfs4";
          options = [
            "vers=4.2"
            "_netdev"
            "nofail"
            "soft"
            "timeo=150"
          ];
        };
        # /etc/fstab:6 (storage/fstab)
        "/srv/scans" = {
          device = "//nas1.prod.example.net/scans";
          fsType = "cifs";
          options = [
            "credentials=/root/.smbcred-scans"
            "vers=3.1.1"
            "uid=1500"
            "gid=1500"
            "_netdev"
            "nofail"
            "x-systemd.automount"
          ];
        };
      };

      hardware = {
        # hardware/cpu/vendor, package intel-microcode (catalog/packages_pve.cue:262,
        # hardware/firmware)
        cpu.intel.updateMicrocode = true;
        # hardware, package pve-firmware (catalog/packages_pve.cue:984, hardware/firmware)
        enableRedistributableFirmware = true;
        # unit ksm.service, unit ksmtuned.service (catalog/units_pve.cue:254,
        # catalog/units_pve.cue:260)
        ksm.enable = true;
      };

      i18n = {
        # system locale (system/clock_and_language)
        defaultLocale = "en_US.UTF-8";
        # /etc/locale.gen:2-3 (system/locales)
        extraLocales = [
          "en_US.UTF-8/UTF-8"
          "de_AT.UTF-8/UTF-8"
        ];
      };

      networking = {
        # host domain (system/identity)
        domain = "prod.example.net";
        firewall = {
          # /etc/pve/firewall/cluster.fw:3-35, /etc/pve/nodes/pve1/host.fw:3-4,6-7,12-13, package
          # proxmox-firewall, package pve-firewall, unit proxmox-firewall.service, 1 more
          # (firewall/host_rules, firewall/no_filter, firewall/programs)
          enable = false;
          # host pve1 (conversion/guard)
          allowedTCPPorts = [ 18006 ];
        };
        # host hostid (system/host_id)
        hostId = "0a0a9a1f";
        # host name (system/identity)
        hostName = "pve1";
        hosts = {
          # /etc/hosts:2 (network/hosts)
          "10.10.20.11" = lib.mkForce [
            "pve1.prod.example.net"
            "pve1"
          ];
          # /etc/hosts:5 (network/hosts)
          "10.10.20.12" = [
            "pve2.prod.example.net"
            "pve2"
          ];
          # /etc/hosts:6 (network/hosts)
          "10.10.20.13" = [
            "pve3.prod.example.net"
            "pve3"
          ];
          # /etc/hosts:9 (network/hosts)
          "10.10.20.30" = [
            "pbs1.prod.example.net"
            "pbs1"
          ];
          # /etc/hosts:10 (network/hosts)
          "10.10.40.5" = [
            "nas1.prod.example.net"
            "nas1"
          ];
          # /etc/hosts:1 (network/hosts)
          "127.0.0.1" = [ "localhost.localdomain" ];
          # /etc/hosts:2 (network/hosts)
          "127.0.0.2" = lib.mkForce [ ];
          # /etc/hosts:14 (network/hosts)
          "::1" = lib.mkForce [
            "ip6-localhost"
            "ip6-loopback"
          ];
          # /etc/hosts:15 (network/hosts)
          "fe00::0" = [ "ip6-localnet" ];
          # /etc/hosts:16 (network/hosts)
          "ff00::0" = [ "ip6-mcastprefix" ];
          # /etc/hosts:17 (network/hosts)
          "ff02::1" = [ "ip6-allnodes" ];
          # /etc/hosts:18 (network/hosts)
          "ff02::2" = [ "ip6-allrouters" ];
          # /etc/hosts:19 (network/hosts)
          "ff02::3" = [ "ip6-allhosts" ];
        };
        # /etc/resolv.conf:2-3 (network/name_servers)
        nameservers = [
          "10.10.30.53"
          "10.10.30.54"
        ];
        nftables = {
          # /etc/pve/firewall/101.fw:3-23, /etc/pve/firewall/cluster.fw:3-40,
          # /etc/pve/nodes/pve1/host.fw:3-4,6-7,12-13 (firewall/guest_tables, firewall/host_rules)
          enable = true;
          tables = {
            # /etc/pve/firewall/101.fw:3-23, /etc/pve/firewall/cluster.fw:37,39-40
            # (firewall/guest_tables)
            pve-guests = {
              content = ''
                chain tap101i0-sent {
                  ether type { ip, ip6 } ct state invalid drop
                  ct state { established, related } accept
                  ether saddr != d2:4c:1a:10:00:65 drop
                  arp saddr ip != { 10.10.30.41/32 } drop
                  ether type != { ip, ip6 } accept
                  icmpv6 type nd-router-advert drop
                  ip saddr != { 10.10.30.41/32 } drop
                  ip6 saddr != { fe80::d04c:1aff:fe10:65/128 } drop
                  icmpv6 type { nd-router-solicit, nd-neighbor-solicit, nd-neighbor-advert } accept
                  ip daddr { 10.10.40.0/24 } log level warn drop
                  accept
                }
                chain tap101i0-received {
                  ether type != { ip, ip6 } accept
                  ether type { ip, ip6 } ct state invalid drop
                  ct state { established, related } accept
                  ip saddr { 224.0.0.0/4, 255.255.255.255 } drop
                  tcp flags & (fin | syn | rst | psh | ack | urg) == fin | psh | urg drop
                  tcp flags & (fin | syn | rst | psh | ack | urg) == 0x0 drop
                  tcp flags & (syn | rst) == syn | rst drop
                  tcp flags & (fin | syn) == fin | syn drop
                  tcp sport 0 tcp flags & (fin | syn | rst | ack) == syn drop
                  icmpv6 type { nd-router-solicit, nd-router-advert, nd-neighbor-solicit, nd-neighbor-advert } accept
                  tcp dport 80 accept
                  tcp dport 443 accept
                  icmp type echo-request accept
                  icmpv6 type echo-request accept
                  ip saddr { 10.10.30.0/24 } tcp dport 22 accept
                  ip saddr { 10.10.31.41/32 } tcp dport 2222 accept
                  ip saddr { 10.10.31.41/32 } tcp dport 5000-5010 accept
                  meta pkttype { broadcast, multicast } drop
                  icmp type time-exceeded accept
                  icmp type destination-unreachable icmp code frag-needed accept
                  icmpv6 type { destination-unreachable, time-exceeded, packet-too-big } accept
                  limit rate 1/second burst 5 packets log prefix "guest 101 in: " level info
                  drop
                }
                chain from-guests {
                  type filter hook prerouting priority -100; policy accept;
                  iifname vmap { "tap101i0" : goto tap101i0-sent }
                }
                chain to-guests {
                  type filter hook postrouting priority -100; policy accept;
                  oifname vmap { "tap101i0" : goto tap101i0-received }
                }'';
              family = "bridge";
            };
            # /etc/pve/firewall/cluster.fw:3-35, /etc/pve/nodes/pve1/host.fw:3-4,6-7,12-13
            # (firewall/host_rules)
            pve-host = {
              content = ''
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
                  tcp flags & (fin | syn | rst | psh | ack | urg) == fin | psh | urg drop
                  tcp flags & (fin | syn | rst | psh | ack | urg) == 0x0 drop
                  tcp flags & (syn | rst) == syn | rst drop
                  tcp flags & (fin | syn) == fin | syn drop
                  tcp sport 0 tcp flags & (fin | syn | rst | ack) == syn drop
                  meta l4proto 2 accept
                  iifname "vmbr0.20" ip saddr { 10.10.30.0/24 } tcp dport 9090 accept
                  iifname "vmbr1" log level warn drop
                  ip saddr { 10.10.20.0/24, 10.10.30.0/24 } tcp dport 22 accept
                  ip saddr { 10.10.20.40/32 } tcp dport 10050 accept
                  ip saddr { 10.10.20.0/24 } udp dport 161 accept
                  icmp type echo-request accept
                  icmpv6 type echo-request accept
                  ip saddr { 10.10.40.0/24 } ip saddr != { 10.10.40.99/32 } tcp dport 2049 accept
                  ip saddr { 10.10.40.0/24 } ip saddr != { 10.10.40.99/32 } tcp dport 111 accept
                  ip saddr { 10.10.40.0/24 } udp dport 123 accept
                  ip saddr { 10.10.20.0/24, 10.10.30.0/24 } tcp dport { 22, 3128, 8006 } accept
                  ip saddr { 10.10.20.0/24, 10.10.30.0/24 } tcp dport 5900-5999 accept
                  ip saddr { 10.10.20.0/24, 10.10.30.0/24 } tcp dport 60000-60050 accept
                  ip saddr { 10.10.20.0/24, 10.10.30.0/24 } tcp dport 18006 accept
                  ip saddr { 10.10.50.12/31, 10.10.51.12/31 } udp dport 5404-5412 accept
                  icmp type time-exceeded accept
                  icmp type destination-unreachable icmp code frag-needed accept
                  icmpv6 type { destination-unreachable, time-exceeded, packet-too-big } accept
                  limit rate 1/second burst 5 packets log prefix "host in: " level info
                  drop
                }'';
              family = "inet";
            };
          };
        };
        # /etc/resolv.conf:1 (network/name_servers)
        search = [
          "prod.example.net"
          "example.net"
        ];
        # /etc/network/interfaces:16-86, /etc/network/interfaces.d/idrac:3 (network/networkd)
        useDHCP = false;
        useNetworkd = true;
      };

      # host arch (system/identity)
      nixpkgs.hostPlatform = "x86_64-linux";

      # package mtr-tiny (catalog/packages_server.cue:1204)
      programs.mtr.enable = true;

      security = {
        # /etc/pve/nodes/pve1/lxc/200.conf, /etc/pve/nodes/pve1/lxc/202.conf, unit apparmor.service
        # (catalog/units_pve.cue:11, containers/lxc_host)
        apparmor.enable = true;
        # /etc/security/limits.d/zabbix.conf:1 (users/limits)
        pam.loginLimits = [
          {
            domain = "zabbix";
            item = "nofile";
            type = "soft";
            value = "8192";
          }
        ];
        # /etc/sudoers.d/zabbix:1 (users/sudo_rules)
        sudo.extraRules = [
          {
            commands = [
              {
                command = "/run/current-system/sw/bin/smartctl -a *";
                options = [ "NOPASSWD" ];
              }
              {
                command = "/run/current-system/sw/bin/lvs --reportformat json *";
                options = [ "NOPASSWD" ];
              }
            ];
            runAs = "root";
            users = [ "zabbix-agent" ];
          }
        ];
      };

      services = {
        chrony = {
          # /etc/chrony/chrony.conf:2-4, unit chrony.service (catalog/units_pve.cue:134,
          # system/time_servers)
          enable = true;
          # /etc/chrony/chrony.conf:2,4,13, /etc/chrony/conf.d/serve-guests.conf:2
          # (system/time_servers)
          extraConfig = ''
            server ntp1.example.net iburst prefer
            pool 2.debian.pool.ntp.org iburst
            makestep 1 3
            allow 10.10.40.0/24
          '';
          # /etc/chrony/chrony.conf:2-4 (system/time_servers)
          servers = [ "ntp2.example.net" ];
        };
        cron = {
          # /etc/cron.d/config-export:2, /etc/cron.daily/lvm-thin-alert,
          # /var/spool/cron/crontabs/root:3-5, unit cron.service (catalog/units_debian.cue:243,
          # system/cron_jobs)
          enable = true;
          # /etc/cron.daily/lvm-thin-alert (system/cron_jobs)
          systemCronJobs = [ "25 6 * * * root /etc/cron.daily/lvm-thin-alert" ];
        };
        # /etc/cron.d/config-export:2, /etc/cron.daily/lvm-thin-alert,
        # /var/spool/cron/crontabs/root:3-5, local file /usr/local/bin/vzdump-hook.sh, local file
        # /usr/local/sbin/gpu-unbind, local file /usr/local/sbin/nas-snapshot-report, 3 more
        # (system/debian_paths, system/own_scripts)
        envfs = {
          enable = true;
          extraFallbackPathCommands = "ln -sf ${config.system.path}/bin/* $out/";
        };
        # unit fstrim.timer (catalog/units_debian.cue:345)
        fstrim.enable = true;
        # /etc/systemd/journald.conf:2-3 (catalog/properties_config_files.cue:897, system/journal)
        journald = {
          extraConfig = ''
            SystemMaxUse=2G
            ForwardToSyslog=no
          '';
          forwardToSyslog = false;
        };
        lvm = {
          # package thin-provisioning-tools, storage pve (catalog/packages_pve.cue:1170,
          # storage/filesystems)
          boot.thin.enable = true;
          # storage pve, unit dm-event.socket (catalog/units_pve.cue:161, storage/filesystems)
          dmeventd.enable = true;
        };
        # /etc/iscsi/iscsid.conf:2-6 (storage/iscsi_settings)
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
            # /etc/ssh/sshd_config:7 (users/sshd)
            KbdInteractiveAuthentication = false;
            # /etc/ssh/sshd_config.d/10-hardening.conf:3 (users/sshd)
            MaxAuthTries = 4;
            # /etc/ssh/sshd_config.d/10-hardening.conf:1 (users/sshd)
            PasswordAuthentication = false;
            # /etc/ssh/sshd_config:6 (users/sshd)
            PermitRootLogin = "yes";
            # /etc/ssh/sshd_config:10 (users/sshd)
            PrintMotd = false;
            # /etc/ssh/sshd_config:8 (users/sshd)
            UsePAM = true;
            # /etc/ssh/sshd_config:9, /etc/ssh/sshd_config.d/10-hardening.conf:2 (users/sshd)
            X11Forwarding = false;
          };
        };
        postfix = {
          # /etc/postfix/main.cf:7-8, package postfix, unit postfix.service
          # (catalog/units_pve.cue:432, mail/aliases, system/mail)
          enable = true;
          settings.main = {
            # package proxmox-mail-forward (mail/root_mail)
            alias_maps = [ "texthash:/var/lib/root-mail/root" ];
            # /etc/postfix/main.cf:12 (system/mail)
            inet_interfaces = "loopback-only";
            # /etc/postfix/main.cf:9 (system/mail)
            mydestination = [
              "$myhostname"
              "localhost.$mydomain"
              "localhost"
            ];
            # /etc/postfix/main.cf:1 (system/mail)
            myhostname = "pve1.prod.example.net";
            # /etc/postfix/main.cf:11 (system/mail)
            mynetworks = [ "127.0.0.0/8" ];
            # /etc/postfix/main.cf:10 (system/mail)
            relayhost = [ "[smtp.example.net]:587" ];
            # /etc/postfix/main.cf:16 (system/mail)
            smtp_sasl_auth_enable = "yes";
            # /etc/postfix/main.cf:18 (system/mail)
            smtp_sasl_security_options = "noanonymous";
            # /etc/postfix/main.cf:19 (system/mail)
            smtp_tls_security_level = "encrypt";
          };
        };
        # /etc/resolv.conf:2-3 (network/name_servers)
        resolved.enable = false;
        # storage/filesystems
        rpcbind.enable = true;
        smartd = {
          # unit smartmontools.service (catalog/units_pve.cue:712)
          enable = true;
          # /etc/smartd.conf:2 (hardware/smart)
          autodetect = true;
          # /etc/smartd.conf:1,3 (hardware/smart)
          defaults = {
            autodetected = "-d removable -n standby -s (S/../.././02|L/../../6/03) -W 4,50,60";
            monitored = "-d removable -n standby";
          };
          # /etc/smartd.conf:2 (hardware/smart)
          devices = [
            {
              device = "/dev/disk/by-id/ata-DELLBOSS_VD_84d0a9c1e2b50010";
              options = "-a -o on";
            }
          ];
          # /etc/default/smartmontools:2 (hardware/smart)
          extraOptions = [ "--interval=3600" ];
        };
        snmpd = {
          # unit snmpd.service (services/snmp)
          enable = true;
          configFile = "/run/snmpd/snmpd.conf";
          # /etc/snmp/snmpd.conf:1 (services/snmp)
          listenAddress = "udp:10.10.20.11";
          port = 161;
        };
        zabbixAgent = {
          # unit zabbix-agent2.service (services/zabbix_agent)
          enable = true;
          package = pkgs.zabbix70.agent2;
          # /etc/zabbix/zabbix_agent2.conf:4 (services/zabbix_agent)
          server = "10.10.20.40";
          settings = {
            # /etc/zabbix/zabbix_agent2.conf:6 (services/zabbix_agent)
            Hostname = "pve1.prod.example.net";
            # /etc/zabbix/zabbix_agent2.conf:5 (services/zabbix_agent)
            ServerActive = "10.10.20.40";
            # /etc/zabbix/zabbix_agent2.conf:11 (services/zabbix_agent)
            TLSAccept = "psk";
            # /etc/zabbix/zabbix_agent2.conf:10 (services/zabbix_agent)
            TLSConnect = "psk";
            # /etc/zabbix/zabbix_agent2.conf:13 (services/zabbix_agent)
            TLSPSKFile = "/run/credentials/zabbix-agent.service/TLSPSKFile";
            # /etc/zabbix/zabbix_agent2.conf:12 (services/zabbix_agent)
            TLSPSKIdentity = "pve1";
            # /etc/zabbix/zabbix_agent2.d/lvm.conf:1 (services/zabbix_agent)
            UserParameter = [
              "lvm.thin[*],sudo /run/current-system/sw/bin/lvs --reportformat json -o data_percent,metadata_percent $1"
            ];
          };
        };
      };

      # /etc/fstab:4 (storage/fstab)
      swapDevices = [
        {
          device = "/dev/pve/swap";
        }
      ];

      system = {
        activationScripts = {
          # /etc/cron.d/config-export:2 (system/cron_jobs)
          carriedCrontabs = {
            deps = [ "etc" ];
            text = ''
              set -- /var/lib/pve2nix/etc/cron.d/config-export
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
          # unit nas-snapshot-report.service (system/carried_settings)
          carriedSettings.text = ''
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
            carried 'nas-snapshot-report.service' 0 '/var/lib/pve2nix/etc/systemd/system/nas-snapshot-report.service' 'Service.Environment''\'
            carried 'nas-snapshot-report.service' 1 '/var/lib/pve2nix/etc/systemd/system/nas-snapshot-report.service.d/token.conf' 'Service.Environment''\'
          '';
        };
        # host os (system/identity)
        stateVersion = "25.11";
      };

      systemd = {
        network = {
          # /etc/network/interfaces:16-86, /etc/network/interfaces.d/idrac:3 (network/networkd)
          enable = true;
          config.networkConfig = {
            ManageForeignRoutes = false;
            ManageForeignRoutingPolicyRules = false;
          };
          netdevs = {
            # /etc/network/interfaces:35,37-40 (network/bonds)
            "10-bond0" = {
              bondConfig = {
                LACPTransmitRate = "fast";
                MIIMonitorSec = "100ms";
                Mode = "802.3ad";
                TransmitHashPolicy = "layer3+4";
              };
              netdevConfig = {
                Kind = "bond";
                Name = "bond0";
              };
            };
            # /etc/network/interfaces:44,47-48 (network/bonds)
            "10-bond1" = {
              bondConfig = {
                MIIMonitorSec = "100ms";
                Mode = "active-backup";
              };
              netdevConfig = {
                Kind = "bond";
                Name = "bond1";
              };
            };
            # /etc/network/interfaces:54 (network/vlans)
            "10-bond1.51" = {
              netdevConfig = {
                Kind = "vlan";
                Name = "bond1.51";
              };
              vlanConfig.Id = 51;
            };
            # /etc/network/interfaces:60,62,64 (network/bridge_vlans, network/bridges)
            "10-vmbr0" = {
              bridgeConfig = {
                DefaultPVID = 1;
                STP = false;
                VLANFiltering = true;
              };
              netdevConfig = {
                Kind = "bridge";
                Name = "vmbr0";
              };
            };
            # /etc/network/interfaces:70 (network/vlans)
            "10-vmbr0.20" = {
              netdevConfig = {
                Kind = "vlan";
                Name = "vmbr0.20";
              };
              vlanConfig.Id = 20;
            };
            # /etc/network/interfaces:81 (network/vlans)
            "10-vmbr0.50" = {
              netdevConfig = {
                Kind = "vlan";
                Name = "vmbr0.50";
              };
              vlanConfig.Id = 50;
            };
            # /etc/network/interfaces:86,88 (network/bridges)
            "10-vmbr1" = {
              bridgeConfig.STP = false;
              netdevConfig = {
                Kind = "bridge";
                Name = "vmbr1";
              };
            };
          };
          networks = {
            "10-bond0" = {
              # /etc/network/interfaces:60,65 (network/bridge_vlans)
              bridgeVLANs = [
                {
                  EgressUntagged = 1;
                  PVID = 1;
                }
                {
                  VLAN = "20";
                }
                {
                  VLAN = "30";
                }
                {
                  VLAN = "31";
                }
                {
                  VLAN = "50";
                }
                {
                  VLAN = "60-69";
                }
                {
                  VLAN = "100-199";
                }
              ];
              # /etc/network/interfaces:35,60 (network/interfaces)
              linkConfig.RequiredForOnline = false;
              matchConfig.Name = "bond0";
              # /etc/network/interfaces:60-61 (network/interfaces)
              networkConfig.Bridge = "vmbr0";
            };
            "10-bond1" = {
              # /etc/network/interfaces:44-45 (network/addresses)
              address = [ "10.10.40.11/24" ];
              linkConfig = {
                # /etc/network/interfaces:44,50 (network/interfaces)
                MTUBytes = "9000";
                # /etc/network/interfaces:44,54 (network/interfaces)
                RequiredForOnline = false;
              };
              # /etc/network/interfaces:44,54 (network/interfaces)
              matchConfig.Name = "bond1";
              # /etc/network/interfaces:44 (network/addresses)
              networkConfig.ConfigureWithoutCarrier = true;
              # /etc/network/interfaces:54 (network/interfaces)
              vlan = [ "bond1.51" ];
            };
            # /etc/network/interfaces:54-56 (network/addresses, network/interfaces)
            "10-bond1.51" = {
              address = [ "10.10.51.11/24" ];
              linkConfig = {
                MTUBytes = "1500";
                RequiredForOnline = false;
              };
              matchConfig.Name = "bond1.51";
              networkConfig.ConfigureWithoutCarrier = true;
            };
            "10-eno1" = {
              # /etc/network/interfaces:16,35 (network/interfaces)
              linkConfig.RequiredForOnline = false;
              matchConfig.Name = "eno1";
              # /etc/network/interfaces:35-36 (network/interfaces)
              networkConfig.Bond = "bond0";
            };
            "10-eno2" = {
              # /etc/network/interfaces:19,35 (network/interfaces)
              linkConfig.RequiredForOnline = false;
              matchConfig.Name = "eno2";
              # /etc/network/interfaces:35-36 (network/interfaces)
              networkConfig.Bond = "bond0";
            };
            "10-eno3" = {
              # /etc/network/interfaces:22,86 (network/interfaces)
              linkConfig.RequiredForOnline = false;
              matchConfig.Name = "eno3";
              # /etc/network/interfaces:86-87 (network/interfaces)
              networkConfig.Bridge = "vmbr1";
            };
            # /etc/network/interfaces:24 (network/interfaces)
            "10-eno4" = {
              linkConfig = {
                ActivationPolicy = "manual";
                RequiredForOnline = false;
              };
              matchConfig.Name = "eno4";
            };
            "10-ens1f0np0" = {
              linkConfig = {
                # /etc/network/interfaces:27-28 (network/interfaces)
                MTUBytes = "9000";
                # /etc/network/interfaces:27,44 (network/interfaces)
                RequiredForOnline = false;
              };
              # /etc/network/interfaces:27,44 (network/interfaces)
              matchConfig.Name = "ens1f0np0";
              # /etc/network/interfaces:44,46,49 (network/bonds, network/interfaces)
              networkConfig = {
                Bond = "bond1";
                PrimarySlave = true;
              };
            };
            "10-ens1f1np1" = {
              linkConfig = {
                # /etc/network/interfaces:31-32 (network/interfaces)
                MTUBytes = "9000";
                # /etc/network/interfaces:31,44 (network/interfaces)
                RequiredForOnline = false;
              };
              # /etc/network/interfaces:31,44 (network/interfaces)
              matchConfig.Name = "ens1f1np1";
              # /etc/network/interfaces:44,46 (network/interfaces)
              networkConfig.Bond = "bond1";
            };
            # /etc/network/interfaces.d/idrac:3-4 (network/addresses, network/interfaces)
            "10-idrac" = {
              address = [ "169.254.1.2/28" ];
              linkConfig.RequiredForOnline = false;
              matchConfig.Name = "idrac";
              networkConfig.ConfigureWithoutCarrier = true;
            };
            "10-vmbr0" = {
              # /etc/network/interfaces:60 (network/bridge_vlans)
              bridgeVLANs = [
                {
                  EgressUntagged = 1;
                  PVID = 1;
                }
                {
                  VLAN = 20;
                }
                {
                  VLAN = 50;
                }
              ];
              # /etc/network/interfaces:60,70,81 (network/interfaces)
              linkConfig.RequiredForOnline = false;
              matchConfig.Name = "vmbr0";
              # /etc/network/interfaces:60,66 (network/bridges, network/hook_settings)
              networkConfig = {
                ConfigureWithoutCarrier = true;
                LinkLocalAddressing = "no";
              };
              # /etc/network/interfaces:70,81 (network/interfaces)
              vlan = [
                "vmbr0.20"
                "vmbr0.50"
              ];
            };
            # /etc/network/interfaces:70-72,76-78 (network/addresses, network/interfaces)
            "10-vmbr0.20" = {
              address = [
                "10.10.20.11/24"
                "fd42:9c1b:77d0:20::11/64"
              ];
              linkConfig.RequiredForOnline = "routable";
              matchConfig.Name = "vmbr0.20";
              networkConfig = {
                ConfigureWithoutCarrier = true;
                IPv6AcceptRA = false;
              };
              routes = [
                {
                  Gateway = "10.10.20.1";
                }
                {
                  Gateway = "fd42:9c1b:77d0:20::1";
                }
              ];
            };
            # /etc/network/interfaces:81-82 (network/addresses, network/interfaces)
            "10-vmbr0.50" = {
              address = [ "10.10.50.11/24" ];
              linkConfig.RequiredForOnline = false;
              matchConfig.Name = "vmbr0.50";
              networkConfig.ConfigureWithoutCarrier = true;
            };
            # /etc/network/interfaces:86 (network/bridges, network/interfaces)
            "10-vmbr1" = {
              linkConfig.RequiredForOnline = false;
              matchConfig.Name = "vmbr1";
              networkConfig.ConfigureWithoutCarrier = true;
            };
          };
          # /etc/network/interfaces:16-86, /etc/network/interfaces.d/idrac:3 (network/networkd)
          wait-online.enable = true;
        };
        services = {
          # /etc/cron.d/config-export:2, /etc/cron.daily/lvm-thin-alert,
          # /var/spool/cron/crontabs/root:3-5 (conversion/guard_jobs, system/cron_jobs)
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
          # unit gpu-unbind.service (system/local_units)
          gpu-unbind = {
            after = [
              "bin.mount"
              "usr-bin.mount"
              "systemd-modules-load.service"
            ];
            before = [ "pve-guests.service" ];
            description = "Hands the T4 to vfio before the guests start";
            path = [
              "/run/wrappers"
              "/run/current-system/sw"
              "/usr/local"
            ];
            serviceConfig = {
              ExecStart = "/usr/local/sbin/gpu-unbind 0000:3b:00.0";
              RemainAfterExit = "yes";
              Type = "oneshot";
            };
            wantedBy = [ "multi-user.target" ];
          };
          # /etc/pve/nodes/pve1/lxc/200.conf:8,14, /etc/pve/nodes/pve1/lxc/202.conf:14 (backup/jobs)
          guest-backup-5b1c9f02-77ae = {
            after = [
              "network-online.target"
              "remote-fs.target"
            ];
            description = "Backup of guests 200, 202";
            environment = {
              BWLIMIT = "204800";
              CEPH = "";
              COMPRESS = "none";
              GUESTS = "200|ct|lxc|lxc-200||mp1=thin:pve/vm-200-disk-1,root=thin:pve/vm-200-disk-0 202|ct|lxc|lxc-202||root=thin:pve/vm-202-disk-0";
              HOME = "/run/guest-backup-5b1c9f02-77ae";
              KEEP = "";
              KEYFILE = "/etc/pve/priv/storage/pbs1.enc";
              LC_ALL = "C";
              LIBVIRT_DEFAULT_URI = "qemu:///system";
              MAILTO = "";
              MAILWHEN = "always";
              MASTERKEY = "";
              MODE = "snapshot";
              MOUNT = "";
              NAMESPACE = "vienna";
              NOTES_200 = "files (200) on pve1";
              NOTES_202 = "docker01 (202) on pve1";
              PBS_FINGERPRINT = "9c:41:e7:2b:d0:66:1a:f8:5d:33:b7:0e:c2:94:58:ab:17:f0:6d:e9:82:3c:45:da:71:0b:9e:26:f3:8a:64:5f";
              PBS_PASSWORD_FILE = "/etc/pve/priv/storage/pbs1.pw";
              PROTECTED = "";
              REPOSITORY = "pve@pbs!prod@pbs1.prod.example.net:8007:prod";
              SCRATCH = "/var/lib/libvirt/guest-backup";
              SCRIPT = "";
              STORE = "";
              STOREID = "pbs1";
            };
            path = [
              pkgs.acl
              pkgs.gnutar
              pkgs.gzip
              pkgs.lvm2
              pkgs.lxc
              pkgs.proxmox-backup-client
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
              RuntimeDirectory = "guest-backup-5b1c9f02-77ae";
              Type = "oneshot";
            };
            unitConfig.ConditionPathExists = [
              "|!/var/lib/pve2nix/guard/trial.json"
              "|/var/lib/pve2nix/guard/committed"
            ];
            wants = [ "network-online.target" ];
          };
          # /etc/pve/nodes/pve1/lxc/200.conf:0-16 (containers/lxc_units, conversion/guard_guests)
          lxc-200 = {
            after = [
              "apparmor.service"
              "lxcfs.service"
              "network.target"
              "sys-subsystem-net-devices-vmbr0.device"
            ];
            description = "LXC container 200 (files)";
            path = [
              pkgs.apparmor-parser
              pkgs.iproute2
              pkgs.lxc
              pkgs.util-linux
              pkgs.lvm2
            ];
            postStart = "sleep 15";
            postStop = ''
              ! mountpoint -q /var/lib/lxc/200/mp2 || umount /var/lib/lxc/200/mp2
              ! mountpoint -q /var/lib/lxc/200/mp1 || umount /var/lib/lxc/200/mp1
              ! mountpoint -q /var/lib/lxc/200/mp0 || umount /var/lib/lxc/200/mp0
              ! mountpoint -q /var/lib/lxc/200/rootfs || umount /var/lib/lxc/200/rootfs
            '';
            preStart = ''
              ln -sf /etc/lxc/200.conf /var/lib/lxc/200/config
              for group in /sys/fs/cgroup/lxc/200 /sys/fs/cgroup/lxc.monitor/200; do
                ! test -d "$group" || find "$group" -depth -type d -exec rmdir {} +
              done
              mkdir -p /var/lib/lxc/200/rootfs /var/lib/lxc/200/mp0 /var/lib/lxc/200/mp1 /var/lib/lxc/200/mp2
              lvchange -ay -K pve/vm-200-disk-0
              mountpoint -q /var/lib/lxc/200/rootfs || mount /dev/pve/vm-200-disk-0 /var/lib/lxc/200/rootfs
              test -d /srv/media
              mountpoint -q /var/lib/lxc/200/mp0 || mount --bind /srv/media /var/lib/lxc/200/mp0
              lvchange -ay -K pve/vm-200-disk-1
              mountpoint -q /var/lib/lxc/200/mp1 || mount -o discard,noatime /dev/pve/vm-200-disk-1 /var/lib/lxc/200/mp1
              test -d /srv/scans
              mountpoint -q /var/lib/lxc/200/mp2 || mount --bind -o ro /srv/scans /var/lib/lxc/200/mp2
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
              TimeoutStartSec = 135;
              TimeoutStopSec = 210;
            };
            unitConfig = {
              ConditionPathExists = [
                "|!/var/lib/pve2nix/guard/trial.json"
                "|/var/lib/pve2nix/guard/committed"
              ];
              RequiresMountsFor = [
                "/srv/media"
                "/srv/scans"
                "/var/lib/lxc/200"
              ];
            };
            wantedBy = [ "multi-user.target" ];
            wants = [
              "lxcfs.service"
              "sys-subsystem-net-devices-vmbr0.device"
            ];
          };
          # /etc/pve/nodes/pve1/lxc/202.conf:6,11,14 (containers/lxc_units, conversion/guard_guests)
          lxc-202 = {
            after = [
              "apparmor.service"
              "lxcfs.service"
              "network.target"
              "sys-subsystem-net-devices-vmbr0.device"
              "sys-subsystem-net-devices-vmbr1.device"
              "pve-guests.service"
              "lxc-200.service"
            ];
            description = "LXC container 202 (docker01)";
            path = [
              pkgs.apparmor-parser
              pkgs.iproute2
              pkgs.lxc
              pkgs.util-linux
              pkgs.lvm2
              pkgs.bash
              pkgs.kmod
              pkgs.pciutils
              pkgs.perl
              pkgs.procps
              pkgs.python3
            ];
            postStart = ''
              hook() { # script, number of the guest, phase
                read -r first <"$1" || test -s "$1"
                case $first in
                "#!"*perl*) perl "$@" ;;
                "#!"*python*) python3 "$@" ;;
                "#!"*bash*) bash "$@" ;;
                "#!"*/sh | "#!"*/sh\ * | "#!"*/dash*) sh "$@" ;;
                *) "$@" ;;
                esac
              }
              lxc-wait -n 202 -s RUNNING -t 60 || true
              hook /var/lib/vz/snippets/ct202-hook.sh 202 post-start || true'';
            postStop = ''
              ! mountpoint -q /var/lib/lxc/202/passthrough || umount /var/lib/lxc/202/passthrough
              ! mountpoint -q /var/lib/lxc/202/rootfs || umount /var/lib/lxc/202/rootfs
              hook() { # script, number of the guest, phase
                read -r first <"$1" || test -s "$1"
                case $first in
                "#!"*perl*) perl "$@" ;;
                "#!"*python*) python3 "$@" ;;
                "#!"*bash*) bash "$@" ;;
                "#!"*/sh | "#!"*/sh\ * | "#!"*/dash*) sh "$@" ;;
                *) "$@" ;;
                esac
              }
              hook /var/lib/vz/snippets/ct202-hook.sh 202 post-stop || true
            '';
            preStart = ''
              ln -sf /etc/lxc/202.conf /var/lib/lxc/202/config
              for group in /sys/fs/cgroup/lxc/202 /sys/fs/cgroup/lxc.monitor/202; do
                ! test -d "$group" || find "$group" -depth -type d -exec rmdir {} +
              done
              hook() { # script, number of the guest, phase
                read -r first <"$1" || test -s "$1"
                case $first in
                "#!"*perl*) perl "$@" ;;
                "#!"*python*) python3 "$@" ;;
                "#!"*bash*) bash "$@" ;;
                "#!"*/sh | "#!"*/sh\ * | "#!"*/dash*) sh "$@" ;;
                *) "$@" ;;
                esac
              }
              hook /var/lib/vz/snippets/ct202-hook.sh 202 pre-start
              mkdir -p /var/lib/lxc/202/rootfs
              lvchange -ay -K pve/vm-202-disk-0
              mountpoint -q /var/lib/lxc/202/rootfs || mount /dev/pve/vm-202-disk-0 /var/lib/lxc/202/rootfs
              device() { # path, node, mode, owner
                kind=c; if test -b "$1"; then kind=b; else test -c "$1"; fi
                mknod -m "$3" "$2" "$kind" "0x$(stat -L -c %t "$1")" "0x$(stat -L -c %T "$1")"
                chown "$4" "$2"
              }
              mkdir -p /var/lib/lxc/202/passthrough
              ! mountpoint -q /var/lib/lxc/202/passthrough || umount /var/lib/lxc/202/passthrough
              mount -t tmpfs -o size=64k,mode=0755 none /var/lib/lxc/202/passthrough
              device /dev/dri/renderD128 /var/lib/lxc/202/passthrough/dev0 0660 100000:100104
            '';
            preStop = ''
              ln -sf /etc/lxc/202.conf /var/lib/lxc/202/config
              hook() { # script, number of the guest, phase
                read -r first <"$1" || test -s "$1"
                case $first in
                "#!"*perl*) perl "$@" ;;
                "#!"*python*) python3 "$@" ;;
                "#!"*bash*) bash "$@" ;;
                "#!"*/sh | "#!"*/sh\ * | "#!"*/dash*) sh "$@" ;;
                *) "$@" ;;
                esac
              }
              test "$(lxc-info -n 202 -sH)" != RUNNING || hook /var/lib/vz/snippets/ct202-hook.sh 202 pre-stop || true
              test "$(lxc-info -n 202 -sH)" != RUNNING || lxc-stop -n 202 -t 180'';
            restartIfChanged = false;
            script = "exec lxc-start -F -n 202";
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
                "/var/lib/lxc/202"
                "/var/lib/vz/snippets/ct202-hook.sh"
              ];
            };
            wantedBy = [ "multi-user.target" ];
            wants = [
              "lxcfs.service"
              "sys-subsystem-net-devices-vmbr0.device"
              "sys-subsystem-net-devices-vmbr1.device"
            ];
          };
          # unit nas-snapshot-report.service (system/local_units)
          nas-snapshot-report = {
            after = [
              "bin.mount"
              "usr-bin.mount"
              "mnt-pve-nas\\x2dvm.mount"
              "network-online.target"
            ];
            description = "Reports the snapshots of the NAS to the dashboard";
            path = [
              "/run/wrappers"
              "/run/current-system/sw"
              "/usr/local"
            ];
            serviceConfig = {
              ExecStart = "/usr/local/sbin/nas-snapshot-report --target /mnt/pve/nas-vm";
              Type = "oneshot";
            };
            wants = [ "network-online.target" ];
          };
          # /etc/pve/nodes/pve1/config:4, /etc/pve/priv/acme/plugins.cfg:1, acme accounts
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
              # /etc/pve/nodes/pve1/config:5 (guests/starts)
              ExecStartPre = "/run/current-system/sw/bin/sleep 20";
              # unit pve-guests.service (guests/starts)
              TimeoutStopSec = "infinity";
            };
            # /etc/pve/nodes/pve1/lxc/200.conf, /etc/pve/nodes/pve1/lxc/202.conf,
            # /etc/pve/nodes/pve1/qemu-server/100.conf, /etc/pve/nodes/pve1/qemu-server/101.conf,
            # /etc/pve/nodes/pve1/qemu-server/104.conf, /etc/pve/nodes/pve1/qemu-server/107.conf, 1
            # more files (conversion/guard_guests)
            unitConfig = {
              ConditionPathExists = [
                "|!/var/lib/pve2nix/guard/trial.json"
                "|/var/lib/pve2nix/guard/committed"
              ];
              RefuseManualStart = lib.mkForce false;
              RefuseManualStop = lib.mkForce false;
            };
          };
          # certificate /etc/pve/nodes/pve1/pve-ssl.pem (certificates/node_renewal)
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
          # host pve1 (conversion/guard)
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
            # /etc/pve/nodes/pve1/qemu-server/100.conf:24 (guests/programs)
            path = [ pkgs.swtpm ];
            # host pve1 (conversion/guard_jobs)
            unitConfig.ConditionPathExists = [
              "|!/var/lib/pve2nix/guard/trial.json"
              "|/var/lib/pve2nix/guard/committed"
            ];
          };
          # /etc/pve/nodes/pve1/qemu-server/100.conf, /etc/pve/nodes/pve1/qemu-server/101.conf,
          # /etc/pve/nodes/pve1/qemu-server/104.conf, /etc/pve/nodes/pve1/qemu-server/107.conf
          # (guests/programs)
          qmeventd.path = [ "/run/current-system/sw" ];
          # /etc/pve/nodes/pve1/lxc/202.conf:22-41 (containers/rollback)
          rollback-202-compose-v2 = {
            after = [ "lxc-202.service" ];
            conflicts = [ "lxc-202.service" ];
            description = "Container 202 back to the snapshot compose-v2";
            path = [ pkgs.lvm2 ];
            restartIfChanged = false;
            script = ''
              lvs pve/snap_vm-202-disk-0_compose-v2 >/dev/null && ! lvs pve/before_vm-202-disk-0 >/dev/null 2>&1 || { echo 'A volume has no snapshot compose-v2 that it can be turned back to' >&2; exit 1; }
              lvrename pve vm-202-disk-0 before_vm-202-disk-0
              lvcreate --setactivationskip n --name vm-202-disk-0 --snapshot pve/snap_vm-202-disk-0_compose-v2
              echo 'What was there before: lvremove pve/before_vm-202-disk-0''\'
            '';
            serviceConfig.Type = "oneshot";
          };
          # package proxmox-mail-forward (mail/root_mail)
          root-mail = {
            after = [ "pve-cluster.service" ];
            before = [ "postfix.service" ];
            description = "Readers of mail to root";
            environment = {
              ADDRESSES = "infra-team@example.net";
              FILE = "/etc/pve/user.cfg";
              TABLE = "/var/lib/root-mail/root";
              USERS = "root@pam";
            };
            path = [ pkgs.gawk ];
            script = ''
              touch "$TABLE"
              found=$(awk -F: -v users="$USERS" ''\'
                BEGIN { n = split(users, list, " "); for (i = 1; i <= n; i++) wanted[list[i]] = 1 }
                $1 == "user" && ($2 in wanted) && $7 ~ /^[A-Za-z0-9._+=-]+@[A-Za-z0-9.-]+$/ { print $7 }
              ' "$FILE") || found=
              if [ -n "$ADDRESSES$found" ]; then
                echo root $(echo $ADDRESSES $found | sed 's/ /, /g') > "$TABLE.new"
                mv "$TABLE.new" "$TABLE"
              else
                echo "no user whom notifications name has an address: mail to root stays here" >&2
              fi
            '';
            serviceConfig = {
              StateDirectory = "root-mail";
              Type = "oneshot";
              UMask = "0022";
            };
            wantedBy = [ "postfix.service" ];
          };
          snmpd = {
            # /etc/snmp/snmpd.conf:1 (services/snmp)
            after = [ "network-online.target" ];
            # unit snmpd.service (services/snmp)
            preStart = ''
              umask 077
              sed -E '/^[[:blank:]]*agent(address|user|group)([[:blank:]]|$)/Id' /var/lib/pve2nix/etc/snmp/snmpd.conf > /run/snmpd/snmpd.conf
            '';
            serviceConfig = {
              RuntimeDirectory = "snmpd";
              RuntimeDirectoryMode = "0700";
            };
            # /etc/snmp/snmpd.conf:1 (services/snmp)
            wants = [ "network-online.target" ];
          };
          zabbix-agent = {
            # /etc/zabbix/zabbix_agent2.d/lvm.conf:1 (services/zabbix_agent)
            path = [ "/run/current-system/sw" ];
            # /etc/zabbix/zabbix_agent2.conf:13 (services/zabbix_agent)
            serviceConfig.LoadCredential = [ "TLSPSKFile:/var/lib/pve2nix/etc/zabbix/agent.psk" ];
          };
        };
        # host pve1 (conversion/guard)
        settings.Manager = {
          RebootWatchdogSec = "5min";
          RuntimeWatchdogSec = "60s";
        };
        timers = {
          # /etc/pve/nodes/pve1/lxc/200.conf:8,14, /etc/pve/nodes/pve1/lxc/202.conf:14 (backup/jobs)
          guest-backup-5b1c9f02-77ae = {
            description = "Time of the backup of guests 200, 202";
            timerConfig = {
              OnCalendar = "*-*-* 21:30:00";
              Persistent = true;
            };
            wantedBy = [ "timers.target" ];
          };
          # unit nas-snapshot-report.timer (conversion/guard_jobs, system/local_units)
          nas-snapshot-report = {
            description = "Daily report of the snapshots of the NAS";
            timerConfig = {
              OnCalendar = "*-*-* 07:15";
              Persistent = "true";
            };
            unitConfig.ConditionPathExists = [
              "|!/var/lib/pve2nix/guard/trial.json"
              "|/var/lib/pve2nix/guard/committed"
            ];
            wantedBy = [ "timers.target" ];
          };
          # /etc/pve/nodes/pve1/config:4, /etc/pve/priv/acme/plugins.cfg:1, acme accounts
          # (api/certificates)
          pve-acme = {
            timerConfig = {
              OnCalendar = "*-*-* 01:00:00";
              Persistent = true;
              RandomizedDelaySec = "5h";
            };
            wantedBy = [ "timers.target" ];
          };
          # certificate /etc/pve/nodes/pve1/pve-ssl.pem (certificates/node_renewal)
          pve-node-certificate = {
            timerConfig = {
              OnCalendar = "daily";
              Persistent = true;
              RandomizedDelaySec = "5h";
            };
            wantedBy = [ "timers.target" ];
          };
          # host pve1 (conversion/guard)
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
          # /etc/cron.d/config-export:2, /etc/cron.daily/lvm-thin-alert,
          # /var/spool/cron/crontabs/root:3-5, local file /usr/local/bin/vzdump-hook.sh, local file
          # /usr/local/sbin/gpu-unbind, local file /usr/local/sbin/nas-snapshot-report, 4 more (4
          # rules and catalog entries)
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
            "10-lxc" = {
              # /etc/pve/nodes/pve1/lxc/200.conf (containers/lxc_host)
              "/var/lib/lxc/200".d = {
                group = "root";
                mode = "0755";
                user = "root";
              };
              "/var/lib/lxc/200/config"."L+".argument = "/etc/lxc/200.conf";
              # /etc/pve/nodes/pve1/lxc/202.conf (containers/lxc_host)
              "/var/lib/lxc/202".d = {
                group = "root";
                mode = "0755";
                user = "root";
              };
              "/var/lib/lxc/202/config"."L+".argument = "/etc/lxc/202.conf";
            };
            # /etc/pve/notifications.cfg:1,12 (notifications/templates)
            "10-notification-templates"."/usr/share/pve-manager"."L+".argument =
              "${config.services.proxmox-ve.package}/share/pve-manager";
            # /etc/pve/nodes/pve1/qemu-server/100.conf, /etc/pve/nodes/pve1/qemu-server/101.conf,
            # /etc/pve/nodes/pve1/qemu-server/104.conf, /etc/pve/nodes/pve1/qemu-server/107.conf
            # (guests/programs)
            "10-qm"."/usr/sbin/qm"."L+".argument = "/run/current-system/sw/bin/qm";
          };
        };
      };

      # system time zone (system/clock_and_language)
      time.timeZone = "Europe/Vienna";

      users = {
        groups = {
          # /etc/group:64 (users/accounts)
          jhartmann = {
            gid = 1000;
            members = [ ];
          };
          # /etc/group:66 (users/accounts)
          media = {
            gid = 1500;
            members = [ "jhartmann" ];
          };
          # /etc/group:65 (users/accounts)
          mlindner = {
            gid = 1001;
            members = [ ];
          };
        };
        # users/accounts
        mutableUsers = true;
        users = {
          jhartmann = {
            # /etc/passwd:37 (users/accounts)
            description = "Jonas Hartmann";
            # /etc/group:21 (users/accounts)
            extraGroups = [ "wheel" ];
            # /etc/passwd:37 (users/accounts)
            group = "jhartmann";
            home = "/home/jhartmann";
            isNormalUser = true;
            shell = pkgs.bashInteractive;
            # /etc/subgid:3 (system/subordinate_ids)
            subGidRanges = [
              {
                count = 65536;
                startGid = 165536;
              }
            ];
            # /etc/subuid:3 (system/subordinate_ids)
            subUidRanges = [
              {
                count = 65536;
                startUid = 165536;
              }
            ];
            # /etc/passwd:37 (users/accounts)
            uid = 1000;
          };
          # /etc/passwd:39 (users/accounts)
          media = {
            createHome = false;
            description = "files shared with CT 200";
            group = "media";
            home = "/srv/media";
            isNormalUser = true;
            shell = "/run/current-system/sw/bin/nologin";
            uid = 1500;
          };
          mlindner = {
            # /etc/passwd:38 (users/accounts)
            description = "Maria Lindner";
            # /etc/group:21 (users/accounts)
            extraGroups = [ "wheel" ];
            # /etc/passwd:38 (users/accounts)
            group = "mlindner";
            home = "/home/mlindner";
            isNormalUser = true;
            shell = pkgs.bashInteractive;
            # /etc/subgid:4 (system/subordinate_ids)
            subGidRanges = [
              {
                count = 65536;
                startGid = 231072;
              }
            ];
            # /etc/subuid:4 (system/subordinate_ids)
            subUidRanges = [
              {
                count = 65536;
                startUid = 231072;
              }
            ];
            # /etc/passwd:38 (users/accounts)
            uid = 1001;
          };
          root = {
            # /etc/subgid:1-2 (system/subordinate_ids)
            subGidRanges = [
              {
                count = 65536;
                startGid = 100000;
              }
              {
                count = 1;
                startGid = 1500;
              }
            ];
            # /etc/subuid:1-2 (system/subordinate_ids)
            subUidRanges = [
              {
                count = 65536;
                startUid = 100000;
              }
              {
                count = 1;
                startUid = 1500;
              }
            ];
          };
        };
      };

      virtualisation.lxc = {
        # /etc/pve/nodes/pve1/lxc/200.conf, /etc/pve/nodes/pve1/lxc/202.conf, package lxc-pve
        # (catalog/packages_pve.cue:551, containers/lxc_host)
        enable = true;
        # /etc/pve/nodes/pve1/lxc/200.conf, /etc/pve/nodes/pve1/lxc/202.conf, package lxcfs, unit
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
        # /etc/network/interfaces:60,86 (network/bridge_list)
        bridges = [
          "vmbr0"
          "vmbr1"
        ];
        # /etc/hosts:2 (api/proxmox_ve)
        ipAddress = "10.10.20.11";
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
