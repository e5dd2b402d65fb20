{ lib, pkgs, ... }:
{
  boot = {
    # /etc/modprobe.d/pve-blacklist.conf:1 (boot/modules)
    blacklistedKernelModules = [ "nvidiafb" ];
    # /etc/modprobe.d/bnx2.conf:1-2, /etc/modprobe.d/kvm-intel.conf:1, /etc/modprobe.d/mdadm.conf:1,
    # /etc/modules:6 (boot/modules)
    extraModprobeConfig = ''
      options bnx2 disable_msi=1
      install usb-storage /run/current-system/sw/bin/true
      options kvm-intel nested=0
      options md_mod start_ro=1
      options nbd max_part=16
    '';
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
      # /etc/sysctl.d/pve.conf:2 (system/sysctl)
      "fs.aio-max-nr" = 1048576;
      # host pve version (system/sysctl)
      "fs.inotify.max_queued_events" = 8388608;
      "fs.inotify.max_user_instances" = 65536;
      "fs.inotify.max_user_watches" = 4194304;
      "kernel.keys.maxkeys" = 2000;
      # /etc/sysctl.conf:4 (system/sysctl)
      "kernel.panic" = 30;
      # host pve version (system/sysctl)
      "net.bridge.bridge-nf-call-arptables" = 0;
      "net.bridge.bridge-nf-call-ip6tables" = 0;
      # /etc/sysctl.d/pve.conf:1 (system/sysctl)
      "net.bridge.bridge-nf-call-iptables" = 0;
      # host pve version (system/sysctl)
      "net.bridge.bridge-nf-filter-vlan-tagged" = 0;
      # /etc/sysctl.d/80-san.conf:2 (system/sysctl)
      "net.core.netdev_max_backlog" = 30000;
      # /etc/sysctl.conf:3 (system/sysctl)
      "net.ipv4.conf.all.rp_filter" = 0;
      # host pve version (system/sysctl)
      "net.ipv4.igmp_link_local_mcast_reports" = 0;
      # /etc/sysctl.conf:1 (system/sysctl)
      "net.ipv4.ip_forward" = 1;
      # /etc/ssh/sshd_config:4 (users/sshd)
      "net.ipv4.ip_nonlocal_bind" = 1;
      # host pve version (system/sysctl)
      "net.ipv4.neigh.default.gc_thresh3" = 8192;
      # /etc/sysctl.d/80-san.conf:1 (system/sysctl)
      "net.ipv4.tcp_rmem" = "4096 87380 16777216";
      # host pve version (system/sysctl)
      "net.ipv6.neigh.default.gc_thresh3" = 8192;
      # /etc/sysctl.conf:2 (system/sysctl)
      "vm.swappiness" = 1;
    };
    # /etc/modules:3-6 (boot/modules)
    kernelModules = [
      "ipmi_devintf"
      "ipmi_si"
      "8021q"
      "nbd"
    ];
    # host kernel (boot/kernel)
    kernelPackages = lib.mkDefault pkgs.linuxPackages;
    # /etc/default/grub (boot/kernel_parameters)
    kernelParams = [
      "console=tty0"
      "console=ttyS1,115200n8"
      "net.ifnames=1"
      "pci=nommconf"
    ];
    loader.grub = {
      # system/boot/loader (boot/loader)
      enable = true;
      configurationLimit = 3;
      devices = [ "nodev" ];
      efiSupport = false;
      # /etc/default/grub:6-7 (boot/grub_terminal)
      extraConfig = ''
        serial --unit=1 --speed=115200
        terminal_input console serial
        terminal_output console serial
      '';
      # package memtest86+ (catalog/packages_base.cue:1404)
      memtest86.enable = true;
    };
  };

  # host vmhost2 (conversion/guard)
  systemd.settings.Manager = {
    RebootWatchdogSec = "5min";
    RuntimeWatchdogSec = "60s";
  };
}
