{ ... }:
{
  imports = [
    ./backup.nix
    ./boot.nix
    ./cluster.nix
    ./firewall.nix
    ./guests.nix
    ./hardware.nix
    ./networking.nix
    ./packages.nix
    ./services.nix
    ./storage.nix
    ./users.nix
  ];

  # system keymap (system/clock_and_language)
  console.keyMap = "de-latin1";

  environment.etc = {
    # /etc/lvm/lvm.conf:18-19 (storage/filesystems)
    "lvm/lvm.conf".text = ''
      devices/global_filter = [ "r|/dev/zd.*|", "r|/dev/rbd.*|" ]
      activation/thin_pool_autoextend_percent = 10
      activation/thin_pool_autoextend_threshold = 80
    '';
    # /etc/pve/nodes/pve1/lxc/200.conf (containers/lxc_host)
    "lxc/200.conf".source = ./containers/200.conf;
    # /etc/pve/nodes/pve1/lxc/202.conf:10 (containers/lxc_cards)
    "lxc/202-net1-up" = {
      mode = "0755";
      text = ''
        #!/bin/sh
        set -eu
        tc qdisc replace dev veth202i1 root tbf rate 52428800bps burst 1mb latency 50ms
        tc qdisc replace dev veth202i1 handle ffff: ingress
        tc filter add dev veth202i1 parent ffff: prio 50 matchall action police rate 52428800bps burst 1mb mtu 64kb conform-exceed drop
      '';
    };
    # /etc/pve/nodes/pve1/lxc/202.conf (containers/lxc_host)
    "lxc/202.conf".source = ./containers/202.conf;
    "lxc/unprivileged-keyctl.seccomp".text = ''
      2
      denylist
      reject_force_umount
      [all]
      kexec_load errno 1
      open_by_handle_at errno 1
      init_module errno 1
      finit_module errno 1
      delete_module errno 1
      ioctl errno 1 [1,0x9400,SCMP_CMP_MASKED_EQ,0xff00]
      socket errno 97 [0,38,SCMP_CMP_EQ]
    '';
    # /etc/pve/nodes/pve1/lxc/200.conf (containers/lxc_host)
    "lxc/unprivileged.seccomp".text = ''
      2
      denylist
      reject_force_umount
      [all]
      kexec_load errno 1
      open_by_handle_at errno 1
      init_module errno 1
      finit_module errno 1
      delete_module errno 1
      keyctl errno 38
      ioctl errno 1 [1,0x9400,SCMP_CMP_MASKED_EQ,0xff00]
      socket errno 97 [0,38,SCMP_CMP_EQ]
    '';
  };

  i18n = {
    # system locale (system/clock_and_language)
    defaultLocale = "en_US.UTF-8";
    # /etc/locale.gen:2-3 (system/locales)
    extraLocales = [
      "en_US.UTF-8/UTF-8"
      "de_AT.UTF-8/UTF-8"
    ];
  };

  networking = {
    # host domain (system/identity)
    domain = "prod.example.net";
    # host name (system/identity)
    hostName = "pve1";
  };

  # host os (system/identity)
  system.stateVersion = "25.11";

  # system time zone (system/clock_and_language)
  time.timeZone = "Europe/Vienna";
}
