{
  config,
  lib,
  pkgs,
  ...
}:
{
  boot = {
    # /etc/modprobe.d/nvidia.conf:2, /etc/modprobe.d/pve-blacklist.conf:3 (boot/modules)
    blacklistedKernelModules = [
      "nouveau"
      "nvidiafb"
    ];
    # /etc/modprobe.d/kvm.conf:1 (boot/modules)
    extraModprobeConfig = ''
      options kvm ignore_msrs=1 report_ignored_msrs=0
    '';
    # hardware 0000:0c:00.0, hardware gasket, hardware modules, 3 more (hardware/coral,
    # hardware/dkms_modules, hardware/vendor_reset)
    extraModulePackages = [
      config.boot.kernelPackages.gasket
      config.boot.kernelPackages.v4l2loopback
      config.boot.kernelPackages.vendor-reset
    ];
    initrd = {
      # hardware modules, hardware pci (boot/initrd)
      availableKernelModules = [
        "ahci"
        "nvme"
        "sd_mod"
        "xhci_pci"
      ];
      # /proc/cmdline (hardware/vfio)
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
      "net.bridge.bridge-nf-call-arptables" = 0;
      "net.bridge.bridge-nf-call-ip6tables" = 0;
      "net.bridge.bridge-nf-call-iptables" = 0;
      "net.bridge.bridge-nf-filter-vlan-tagged" = 0;
      "net.ipv4.igmp_link_local_mcast_reports" = 0;
      "net.ipv4.neigh.default.gc_thresh3" = 8192;
      "net.ipv6.neigh.default.gc_thresh3" = 8192;
      # /etc/sysctl.d/80-local.conf:1 (system/sysctl)
      "vm.swappiness" = 1;
    };
    # /etc/modules:1-4, hardware modules, hardware v4l2loopback, package v4l2loopback-dkms (4 rules
    # and catalog entries)
    kernelModules = [
      "vfio"
      "vfio_pci"
      "nct6775"
      "vendor-reset"
      "v4l2loopback"
      "sp5100_tco"
    ];
    # host kernel (boot/kernel)
    kernelPackages = lib.mkDefault pkgs.linuxKernel.packages.linux_6_12;
    # /proc/cmdline (boot/kernel_parameters)
    kernelParams = [
      "amd_iommu=on"
      "iommu=pt"
      "mitigations=off"
      "vfio-pci.ids=1002:67df,1002:aaf0,8086:15f3"
    ];
    # system/boot/loader (boot/loader)
    loader = {
      efi.canTouchEfiVariables = false;
      grub = {
        enable = true;
        configurationLimit = 3;
        efiSupport = true;
        mirroredBoots = [
          {
            devices = [ "nodev" ];
            efiSysMountPoint = "/boot";
            path = "/boot/nixos";
          }
        ];
      };
    };
  };

  # /etc/systemd/system.conf.d/shutdown.conf:3-5 (hardware/watchdog_settings)
  systemd.settings.Manager = {
    RebootWatchdogSec = lib.mkForce "10min";
    RuntimeWatchdogSec = lib.mkForce "30s";
    WatchdogDevice = lib.mkForce "/dev/watchdog0";
  };
}
