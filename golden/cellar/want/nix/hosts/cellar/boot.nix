{ lib, pkgs, ... }:
{
  boot = {
    # /etc/modprobe.d/pve-blacklist.conf:3 (boot/modules)
    blacklistedKernelModules = [ "nvidiafb" ];
    # hardware modules, hardware pci (boot/initrd)
    initrd.availableKernelModules = [
      "ahci"
      "sd_mod"
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
    # /etc/pve/nodes/cellar/qemu-server/131.conf:6-7 (hardware/iommu)
    kernelParams = [ "intel_iommu=on" ];
    loader = {
      efi = {
        # system/boot/loader (boot/loader)
        canTouchEfiVariables = false;
        # /etc/fstab:2 (boot/esp)
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
  };

  # host cellar (conversion/guard)
  systemd.settings.Manager = {
    RebootWatchdogSec = "5min";
    RuntimeWatchdogSec = "60s";
  };
}
