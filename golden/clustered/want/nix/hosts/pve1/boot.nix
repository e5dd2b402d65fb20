{ lib, pkgs, ... }:
{
  boot = {
    # /etc/modprobe.d/blacklist-gpu.conf:1-3, /etc/modprobe.d/pve-blacklist.conf:4 (boot/modules)
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
    # /etc/modules:3-5, /etc/modules-load.d/ipmi.conf:1-2, /etc/modules-load.d/qemu-server.conf:1,
    # /etc/pve/nodes/pve1/host.fw:5 (boot/modules, firewall/conntrack)
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
  };

  # host pve1 (conversion/guard)
  systemd.settings.Manager = {
    RebootWatchdogSec = "5min";
    RuntimeWatchdogSec = "60s";
  };
}
