{ lib, pkgs, ... }:
{
  boot = {
    # /etc/modprobe.d/pve-blacklist.conf:3 (boot/modules)
    blacklistedKernelModules = [ "nvidiafb" ];
    # hardware modules, hardware pci (boot/initrd)
    initrd.availableKernelModules = [
      "nvme"
      "xhci_pci"
    ];
    # host pve version (system/sysctl)
    kernel.sysctl = {
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
    };
    # host kernel (boot/kernel)
    kernelPackages = lib.mkDefault pkgs.linuxKernel.packages.linux_6_12;
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
            for uuid in 7F40-19C6 7F41-2B0E; do
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

  # host shed (conversion/guard)
  systemd.settings.Manager = {
    RebootWatchdogSec = "5min";
    RuntimeWatchdogSec = "60s";
  };
}
