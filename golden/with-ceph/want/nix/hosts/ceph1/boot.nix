{ lib, pkgs, ... }:
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
  };

  # host ceph1 (conversion/guard)
  systemd.settings.Manager = {
    RebootWatchdogSec = "5min";
    RuntimeWatchdogSec = "60s";
  };
}
