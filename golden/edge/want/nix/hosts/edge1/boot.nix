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
      # /etc/sysctl.d/60-net.conf:5 (system/sysctl)
      "net.ipv4.conf.all.rp_filter" = 2;
      # host pve version (system/sysctl)
      "net.ipv4.igmp_link_local_mcast_reports" = 0;
      # /etc/network/interfaces:65,67, /etc/sysctl.d/60-net.conf:1 (network/hook_settings,
      # system/sysctl)
      "net.ipv4.ip_forward" = 1;
      # host pve version (system/sysctl)
      "net.ipv4.neigh.default.gc_thresh3" = 8192;
      # /etc/sysctl.d/60-net.conf:2 (system/sysctl)
      "net.ipv6.conf.all.forwarding" = 1;
      # /etc/sysctl.d/60-net.conf:4 (system/sysctl)
      "net.ipv6.conf.eno2.disable_ipv6" = 1;
      # /etc/sysctl.d/60-net.conf:3 (system/sysctl)
      "net.ipv6.conf.vmbr0.accept_ra" = 0;
      # host pve version (system/sysctl)
      "net.ipv6.neigh.default.gc_thresh3" = 8192;
      # /etc/pve/nodes/edge1/host.fw:6 (firewall/conntrack)
      "net.netfilter.nf_conntrack_max" = 1048576;
    };
    # /etc/modules:3-5, /etc/pve/nodes/edge1/host.fw:5-6 (boot/modules, firewall/connection_helpers,
    # firewall/conntrack)
    kernelModules = [
      "vfio"
      "vfio_iommu_type1"
      "vfio_pci"
      "nf_conntrack_ftp"
      "nf_conntrack"
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

  # host edge1 (conversion/guard)
  systemd.settings.Manager = {
    RebootWatchdogSec = "5min";
    RuntimeWatchdogSec = "60s";
  };
}
