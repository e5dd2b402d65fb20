{ lib, pkgs, ... }:
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
  };

  # host pve (conversion/guard)
  systemd.settings.Manager = {
    RebootWatchdogSec = "5min";
    RuntimeWatchdogSec = "60s";
  };
}
