{ lib, pkgs, ... }:
{
  boot = {
    # /etc/modprobe.d/gpu.conf:1-2, /etc/modprobe.d/pve-blacklist.conf:3 (boot/modules)
    blacklistedKernelModules = [
      "i915"
      "snd_hda_intel"
      "nvidiafb"
    ];
    # /etc/modprobe.d/zfs.conf:1 (boot/modules)
    extraModprobeConfig = ''
      options zfs zfs_arc_max=1657796608
    '';
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
    # /proc/cmdline (boot/kernel_parameters)
    kernelParams = [ "console=ttyS0,115200n8" ];
    # system/boot/loader (boot/loader)
    loader = {
      efi.canTouchEfiVariables = false;
      grub.enable = false;
      systemd-boot = {
        enable = true;
        configurationLimit = 3;
      };
    };
  };

  # host attic (conversion/guard)
  systemd.settings.Manager = {
    RebootWatchdogSec = "5min";
    RuntimeWatchdogSec = "60s";
  };
}
