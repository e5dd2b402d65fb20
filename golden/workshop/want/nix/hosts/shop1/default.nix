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
    # storage/filesystems
    "lvm/lvm.conf".text = ''
      devices/global_filter = [ "r|/dev/zd.*|", "r|/dev/rbd.*|" ]
    '';
    # /etc/pve/nodes/shop1/lxc/200.conf:7 (containers/lxc_cards)
    "lxc/200-net0-up" = {
      mode = "0755";
      text = ''
        #!/bin/sh
        set -eu
        bridge vlan add dev veth200i0 vid 2-4094
      '';
    };
    # /etc/pve/nodes/shop1/lxc/200.conf (containers/lxc_host)
    "lxc/200.conf".source = ./containers/200.conf;
    # /etc/pve/nodes/shop1/lxc/201.conf:7 (containers/lxc_cards)
    "lxc/201-net0-up" = {
      mode = "0755";
      text = ''
        #!/bin/sh
        set -eu
        bridge vlan add dev veth201i0 vid 2-4094
      '';
    };
    # /etc/pve/nodes/shop1/lxc/201.conf (containers/lxc_host)
    "lxc/201.conf".source = ./containers/201.conf;
    # /etc/pve/nodes/shop1/lxc/202.conf:6 (containers/lxc_cards)
    "lxc/202-net0-up" = {
      mode = "0755";
      text = ''
        #!/bin/sh
        set -eu
        bridge vlan add dev veth202i0 vid 2-4094
      '';
    };
    # /etc/pve/nodes/shop1/lxc/202.conf (containers/lxc_host)
    "lxc/202.conf".source = ./containers/202.conf;
    # /etc/pve/nodes/shop1/lxc/203.conf:8 (containers/lxc_cards)
    "lxc/203-net0-up" = {
      mode = "0755";
      text = ''
        #!/bin/sh
        set -eu
        bridge vlan add dev veth203i0 vid 2-4094
      '';
    };
    # /etc/pve/nodes/shop1/lxc/203.conf (containers/lxc_host)
    "lxc/203.conf".source = ./containers/203.conf;
    # /etc/pve/nodes/shop1/lxc/204.conf (containers/lxc_host)
    "lxc/204.conf".source = ./containers/204.conf;
    # /etc/pve/nodes/shop1/lxc/205.conf:7 (containers/lxc_cards)
    "lxc/205-net0-up" = {
      mode = "0755";
      text = ''
        #!/bin/sh
        set -eu
        bridge vlan add dev veth205i0 vid 2-4094
      '';
    };
    # /etc/pve/nodes/shop1/lxc/205.conf (containers/lxc_host)
    "lxc/205.conf".source = ./containers/205.conf;
    # /etc/pve/nodes/shop1/lxc/206.conf:7 (containers/lxc_cards)
    "lxc/206-net0-up" = {
      mode = "0755";
      text = ''
        #!/bin/sh
        set -eu
        bridge vlan add dev veth206i0 vid 2-4094
      '';
    };
    # /etc/pve/nodes/shop1/lxc/206.conf (containers/lxc_host)
    "lxc/206.conf".source = ./containers/206.conf;
    # /etc/pve/nodes/shop1/lxc/200.conf, /etc/pve/nodes/shop1/lxc/201.conf,
    # /etc/pve/nodes/shop1/lxc/202.conf, /etc/pve/nodes/shop1/lxc/204.conf,
    # /etc/pve/nodes/shop1/lxc/205.conf, /etc/pve/nodes/shop1/lxc/206.conf (containers/lxc_host)
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
    # /etc/locale.gen:1-2 (system/locales)
    extraLocales = [
      "en_US.UTF-8/UTF-8"
      "de_DE.UTF-8/UTF-8"
    ];
  };

  networking = {
    # host domain (system/identity)
    domain = "dev.example.net";
    # host name (system/identity)
    hostName = "shop1";
  };

  # host os (system/identity)
  system.stateVersion = "25.11";
}
