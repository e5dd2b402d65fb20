# What a configuration comes to in the module system of the tree: the derivation of the system, warnings, failed
# assertions, and the values that are compared with the facts, as text where NixOS writes a file.
{
  # tree is nixpkgs, proxmoxNixos a tree of proxmox-nixos or null, conf the configuration of a host
  tree,
  proxmoxNixos ? null,
  conf,
  target,
  # toplevel is false where the derivation cannot be evaluated and the values are wanted all the same
  toplevel ? true,
  standIns ? true,
  # why is true to let an error of the derivation through, for its message
  why ? false,
  # texts is true to have the free texts, too
  texts ? false,
  # more are modules with what the reader of the findings has to set
  more ? [ ],
  system ? "x86_64-linux",
}:
let
  lib = import (tree + "/lib");

  # A tree whose large generated file of Haskell packages was left out still has all modules; the few programs that are
  # made of it are stood in for by one that builds alone.
  haskell = tree + "/pkgs/development/haskell-modules/hackage-packages.nix";
  whole = builtins.pathExists haskell && builtins.stringLength (builtins.readFile haskell) > 1000000;
  standIn = p: p.hello // { compiler = p.hello // { meta = p.hello.meta // { platforms = [ ]; }; }; };
  trimmed = {
    nixpkgs.overlays = lib.optional (!whole) (
      _: p: {
        shellcheck = standIn p;
        shellcheck-minimal = standIn p;
        pandoc = p.hello;
      }
    );
  };

  # The options of proxmox-nixos that are written, without what they do.
  any = lib.mkOption {
    type = lib.types.anything;
    default = { };
  };
  declared =
    { lib, config, ... }:
    {
      # the real module fails in the same way where the address is not set
      config.assertions = lib.optional config.services.proxmox-ve.enable {
        assertion = config.services.proxmox-ve.ipAddress != "";
        message = "services.proxmox-ve.ipAddress is empty";
      };
      options.services.proxmox-ve = {
        enable = lib.mkEnableOption "Proxmox VE";
        bridges = lib.mkOption {
          type = lib.types.listOf lib.types.str;
          default = [ ];
        };
        ipAddress = lib.mkOption { type = lib.types.str; };
        openFirewall = lib.mkOption {
          type = lib.types.bool;
          default = true;
        };
        ceph = any;
        linstor = any;
        vms = any;
      };
    };
  real = {
    imports = [ (proxmoxNixos + "/modules/proxmox-ve") ];
    nixpkgs.overlays = [
      (
        _: p:
        if standIns then
          lib.mapAttrs (_: _: p.hello) (builtins.readDir (proxmoxNixos + "/pkgs"))
        else
          import (proxmoxNixos + "/pkgs") { pkgs = p; }
      )
    ];
  };
  modules = [
    conf
    trimmed
  ]
  ++ more
  ++ lib.optional (target == "proxmox") (if proxmoxNixos == null then declared else real);

  inherit
    (import (tree + "/nixos/lib/eval-config.nix") {
      inherit system modules;
    })
    config
    ;
  plain = builtins.unsafeDiscardStringContext;
  etc = name: plain (config.environment.etc.${name}.text or "");
  # one value that throws is named and does not take the others with it
  tried =
    v:
    let
      r = builtins.tryEval (builtins.deepSeq v v);
    in
    if r.success then { value = r.value; } else { failed = true; };
  values = {
    host = {
      name = config.networking.hostName;
      domain = config.networking.domain;
      hostId = config.networking.hostId;
      timeZone = config.time.timeZone;
    };
    network = {
      networkd = config.systemd.network.enable;
      files = lib.mapAttrs (_: u: plain u.text) config.systemd.network.units;
      switches = lib.mapAttrs (_: s: {
        interfaces = lib.mapAttrs (_: i: {
          vlan = i.vlan or null;
          type = i.type or null;
        }) s.interfaces;
        commands = plain s.extraOvsctlCmds;
      }) config.networking.vswitches;
    };
    resolver = {
      nameservers = config.networking.nameservers;
      search = config.networking.search;
    };
    hosts = config.networking.hosts;
    fstab = etc "fstab";
    crypttab = etc "crypttab";
    luks = lib.mapAttrs (_: d: plain d.device) config.boot.initrd.luks.devices;
    pools = config.boot.zfs.extraPools;
    supported = lib.attrNames (lib.filterAttrs (_: v: v) config.boot.supportedFilesystems);
    users = lib.mapAttrs (_: u: {
      inherit (u) uid group extraGroups home isNormalUser;
      shell = plain (if lib.isDerivation u.shell then u.shell.shellPath or "" else toString u.shell);
    }) config.users.users;
    groups = lib.mapAttrs (_: g: { inherit (g) gid members; }) config.users.groups;
    sysctl = lib.mapAttrs (_: plain) (
      lib.mapAttrs (_: v: if lib.isBool v then (if v then "1" else "0") else toString v) (
        lib.filterAttrs (_: v: v != null) config.boot.kernel.sysctl
      )
    );
    kernelParams = map plain config.boot.kernelParams;
    units = lib.mapAttrs (_: u: {
      inherit (u) enable wantedBy requiredBy;
      text = plain (if u.text == null then "" else u.text);
    }) config.systemd.units;
    # the units of systemd itself that are taken over are named in the program that lays the folder out
    upstream = plain config.environment.etc."systemd/system".source.buildCommand;
    cron = {
      enable = config.services.cron.enable;
      jobs = map plain config.services.cron.systemCronJobs;
      # what is joined to the table at each switch, which the store does not have
      joined = plain (config.system.activationScripts.carriedCrontabs.text or "");
    };
    firewall = {
      inherit (config.networking.firewall) enable allowedTCPPorts allowedUDPPorts allowedTCPPortRanges allowedUDPPortRanges;
      tables = lib.optionalAttrs config.networking.nftables.enable (
        lib.mapAttrs (_: t: {
          inherit (t) family;
          content = plain t.content;
        }) (lib.filterAttrs (_: t: t.enable) config.networking.nftables.tables)
      );
    };
  }
  // lib.optionalAttrs texts {
    texts = {
      etc = lib.mapAttrs (_: e: plain e.text) (lib.filterAttrs (_: e: e.text != null) config.environment.etc);
      users = lib.mapAttrs (_: u: {
        description = plain u.description;
        keys = map plain u.openssh.authorizedKeys.keys;
      }) config.users.users;
      services = lib.mapAttrs (_: s: {
        description = plain s.description;
        scripts = map plain [ s.preStart s.script s.postStart s.preStop s.postStop ];
        environment = lib.mapAttrs (_: v: plain (toString v)) s.environment;
      }) config.systemd.services;
      tmpfiles = map plain config.systemd.tmpfiles.rules;
    };
  };
in
if why then
  config.system.build.toplevel.drvPath
else
{
  release = lib.trivial.release;
  inherit whole;
  drvPath = if toplevel then tried config.system.build.toplevel.drvPath else { failed = true; };
  warnings = config.warnings;
  failedAssertions = map (a: a.message) (lib.filter (a: !a.assertion) config.assertions);
  values = lib.mapAttrs (_: tried) values;
}
