{ lib, pkgs, ... }:
{
  boot = {
    # /etc/modprobe.d/blacklist-gpu.conf:1-3, /etc/modprobe.d/i915-sriov-dkms.conf:1,
    # /etc/modprobe.d/pve-blacklist.conf:1 (boot/modules)
    blacklistedKernelModules = [
      "nouveau"
      "nvidia"
      "nvidiafb"
      "xe"
    ];
    # /etc/modprobe.d/i915-sriov-dkms.conf:2, /etc/modprobe.d/kvm.conf:1,
    # /etc/modprobe.d/vfio.conf:1-4, /etc/modprobe.d/zfs.conf:1 (boot/modules)
    extraModprobeConfig = ''
      options i915 enable_guc=3 max_vfs=7
      options kvm ignore_msrs=1 report_ignored_msrs=0
      options vfio-pci ids=10de:2504,10de:228e,1000:0097 disable_vga=1
      softdep nouveau pre: vfio-pci
      softdep mpt3sas pre: vfio-pci
      softdep snd_hda_intel pre: vfio-pci
      options zfs zfs_arc_max=17179869184
    '';
    initrd = {
      # hardware modules, hardware pci (boot/initrd)
      availableKernelModules = [
        "ahci"
        "nvme"
        "xhci_pci"
      ];
      # /etc/initramfs-tools/modules:2, /etc/modprobe.d/vfio.conf:1, /proc/cmdline
      # (boot/initrd_modules, hardware/vfio)
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
      # /etc/sysctl.d/60-home.conf:4 (system/sysctl)
      "fs.inotify.max_user_instances" = 8192;
      # host pve version (system/sysctl)
      "fs.inotify.max_user_watches" = 4194304;
      "kernel.keys.maxkeys" = 2000;
      "net.bridge.bridge-nf-call-arptables" = 0;
      "net.bridge.bridge-nf-call-ip6tables" = 0;
      "net.bridge.bridge-nf-call-iptables" = 0;
      "net.bridge.bridge-nf-filter-vlan-tagged" = 0;
      # /etc/sysctl.d/60-home.conf:2 (system/sysctl)
      "net.core.rmem_max" = 7500000;
      # /etc/sysctl.d/60-home.conf:3 (system/sysctl)
      "net.core.wmem_max" = 7500000;
      # host pve version (system/sysctl)
      "net.ipv4.igmp_link_local_mcast_reports" = 0;
      # /etc/network/interfaces:58,60, /etc/sysctl.d/99-tailscale.conf:1 (network/hook_settings,
      # system/sysctl)
      "net.ipv4.ip_forward" = 1;
      # host pve version (system/sysctl)
      "net.ipv4.neigh.default.gc_thresh3" = 8192;
      # /etc/sysctl.d/99-tailscale.conf:2 (system/sysctl)
      "net.ipv6.conf.all.forwarding" = 1;
      # host pve version (system/sysctl)
      "net.ipv6.neigh.default.gc_thresh3" = 8192;
      # /etc/pve/nodes/hl1/host.fw:6 (firewall/conntrack)
      "net.netfilter.nf_conntrack_max" = 524288;
      # /etc/sysctl.d/60-home.conf:1 (system/sysctl)
      "vm.swappiness" = 10;
    };
    # /etc/modules:2-6, /etc/modules-load.d/qemu-server.conf:1,
    # /etc/modules-load.d/zram-less.conf:1, /etc/pve/nodes/hl1/host.fw:6, hardware modules
    # (boot/modules, firewall/conntrack, hardware/watchdog)
    kernelModules = [
      "vfio"
      "vfio_iommu_type1"
      "vfio_pci"
      "coretemp"
      "nct6775"
      "vhost_net"
      "nfsd"
      "nf_conntrack"
      "iTCO_wdt"
    ];
    # host kernel (boot/kernel)
    kernelPackages = lib.mkDefault pkgs.linuxKernel.packages.linux_6_12;
    # /proc/cmdline (boot/kernel_parameters)
    kernelParams = [
      "intel_iommu=on"
      "iommu=pt"
      "vfio-pci.ids=10de:2504,10de:228e,1000:0097"
      "video=efifb:off"
      "i915.enable_guc=3"
      "i915.max_vfs=7"
      "default_hugepagesz=1G"
      "hugepagesz=1G"
      "hugepages=16"
      "pcie_aspm=off"
      "nmi_watchdog=0"
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
            for uuid in 5C1A-77D2 5C1B-01E9; do
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

  # host hl1 (conversion/guard)
  systemd.settings.Manager = {
    RebootWatchdogSec = "5min";
    RuntimeWatchdogSec = "60s";
  };
}
