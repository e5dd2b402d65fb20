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
    # /etc/pve/nodes/hl1/lxc/200.conf (containers/lxc_host)
    "lxc/200.conf".source = ./containers/200.conf;
    # /etc/pve/nodes/hl1/lxc/201.conf (containers/lxc_host)
    "lxc/201.conf".source = ./containers/201.conf;
    # /etc/pve/nodes/hl1/lxc/202.conf (containers/lxc_host)
    "lxc/202.conf".source = ./containers/202.conf;
    # /etc/pve/nodes/hl1/lxc/203.conf (containers/lxc_host)
    "lxc/203.conf".source = ./containers/203.conf;
    # /etc/pve/nodes/hl1/lxc/204.conf (containers/lxc_host)
    "lxc/204.conf".source = ./containers/204.conf;
    # /etc/pve/nodes/hl1/lxc/200.conf, /etc/pve/nodes/hl1/lxc/203.conf (containers/lxc_host)
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
    # /etc/pve/nodes/hl1/lxc/202.conf, /etc/pve/nodes/hl1/lxc/204.conf (containers/lxc_host)
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
    domain = "home.example.net";
    # host name (system/identity)
    hostName = "hl1";
  };

  # host os (system/identity)
  system.stateVersion = "25.11";

  # system time zone (system/clock_and_language)
  time.timeZone = "Europe/Berlin";
}
