{ lib, pkgs, ... }:
{
  boot = {
    # /etc/modprobe.d/pve-blacklist.conf:4 (boot/modules)
    blacklistedKernelModules = [ "nvidiafb" ];
    # hardware modules, hardware pci (boot/initrd)
    initrd.availableKernelModules = [
      "ahci"
      "hpsa"
      "megaraid_sas"
      "mpt3sas"
      "nvme"
      "sd_mod"
      "usb_storage"
      "virtio_blk"
      "virtio_pci"
      "virtio_scsi"
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
    # /etc/modules:3-5 (boot/modules)
    kernelModules = [
      "vfio"
      "vfio_iommu_type1"
      "vfio_pci"
    ];
    # host kernel (boot/kernel)
    kernelPackages = lib.mkDefault pkgs.linuxPackages;
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

  # host branch1 (conversion/guard)
  systemd.settings.Manager = {
    RebootWatchdogSec = "5min";
    RuntimeWatchdogSec = "60s";
  };
}
