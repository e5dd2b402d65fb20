{ config, pkgs, ... }:
{
  # unit apparmor.service (catalog/units_pve.cue:11)
  security.apparmor.enable = true;

  services = {
    chrony = {
      # /etc/chrony/chrony.conf:2-4, unit chrony.service (catalog/units_pve.cue:134,
      # system/time_servers)
      enable = true;
      # /etc/chrony/chrony.conf:2,4,13 (system/time_servers)
      extraConfig = ''
        server ntp1.example.net iburst prefer
        pool 2.debian.pool.ntp.org iburst
        makestep 1 3
      '';
      # /etc/chrony/chrony.conf:2-4 (system/time_servers)
      servers = [ "ntp2.example.net" ];
    };
    # unit cron.service (catalog/units_debian.cue:243)
    cron.enable = true;
    postfix = {
      # package postfix, unit postfix.service (catalog/units_pve.cue:432, system/mail)
      enable = true;
      # /etc/aliases:3 (mail/aliases)
      rootAlias = "infra-team@example.net";
    };
  };

  systemd = {
    services = {
      # /etc/pve/nodes/edge1/host.fw:5 (firewall/connection_helpers)
      connection-helpers = {
        after = [
          "nftables.service"
          "systemd-modules-load.service"
        ];
        description = "Helpers for connections that belong to another";
        path = [ pkgs.nftables ];
        preStop = ''
          nft delete table inet pve-helpers
        '';
        script = ''
          nft -f - <<END
          table inet pve-helpers
          delete table inet pve-helpers
          table inet pve-helpers {
          ct helper ftp-tcp { type "ftp" protocol tcp; }
          chain incoming {
            type filter hook prerouting priority filter; policy accept;
            tcp dport 21 ct helper set "ftp-tcp"
          }
          chain outgoing {
            type filter hook output priority filter; policy accept;
            tcp dport 21 ct helper set "ftp-tcp"
          }
          }
          END
        '';
        serviceConfig = {
          RemainAfterExit = true;
          Type = "oneshot";
        };
        wantedBy = [ "multi-user.target" ];
      };
      # /etc/dnsmasq.conf:1-4, config file /etc/dnsmasq.conf, unit dnsmasq.service
      # (network/dhcp_server)
      dnsmasq = {
        after = [ "network-online.target" ];
        before = [
          "incus.service"
          "libvirtd.service"
          "pve-guests.service"
        ];
        description = "Addresses and names for other machines";
        serviceConfig = {
          ExecReload = "${pkgs.coreutils}/bin/kill -HUP $MAINPID";
          ExecStart = "${pkgs.dnsmasq}/bin/dnsmasq --keep-in-foreground --log-facility=- --user=nobody --group=nogroup --dhcp-leasefile=/var/lib/misc/dnsmasq.leases --conf-file=/var/lib/pve2nix/etc/dnsmasq.conf";
          Restart = "on-failure";
          StateDirectory = "misc";
        };
        wantedBy = [ "multi-user.target" ];
        wants = [ "network-online.target" ];
      };
      # /etc/network/interfaces:35 (network/mac_learning)
      fixed-address-tap101i1 = {
        after = [ "sys-subsystem-net-devices-tap101i1.device" ];
        bindsTo = [ "sys-subsystem-net-devices-tap101i1.device" ];
        description = "Hardware address of net1 of guest 101";
        path = [ pkgs.iproute2 ];
        script = ''
          waited=0
          until [ -e /sys/class/net/tap101i1/brport ]; do
            [ "$waited" -lt 100 ] || exit 1
            waited=$((waited + 1))
            sleep 0.1
          done
          port=tap101i1

          bridge link set dev "$port" learning off flood off
          bridge fdb replace bc:24:11:ed:01:01 dev "$port" master static
        '';
        serviceConfig = {
          RemainAfterExit = true;
          Type = "oneshot";
        };
        wantedBy = [ "sys-subsystem-net-devices-tap101i1.device" ];
      };
      # /etc/keepalived/keepalived.conf:2-15, config file /etc/keepalived/keepalived.conf, unit
      # keepalived.service (network/virtual_addresses)
      keepalived = {
        after = [ "network-online.target" ];
        description = "Addresses that move between hosts";
        serviceConfig = {
          ExecReload = "${pkgs.coreutils}/bin/kill -HUP $MAINPID";
          ExecStart = "${pkgs.keepalived}/bin/keepalived --dont-fork --log-console --use-file=/var/lib/pve2nix/etc/keepalived/keepalived.conf";
          KillMode = "process";
          Restart = "on-failure";
        };
        unitConfig.ConditionPathExists = "/var/lib/pve2nix/etc/keepalived/keepalived.conf";
        wantedBy = [ "multi-user.target" ];
        wants = [ "network-online.target" ];
      };
      # /etc/network/interfaces:7-9 (network/hook_services)
      network-enp65s0f0np0-link = {
        after = [
          "sys-subsystem-net-devices-enp65s0f0np0.device"
          "systemd-networkd.service"
        ];
        before = [
          "incus.service"
          "libvirtd.service"
          "pve-guests.service"
        ];
        bindsTo = [ "sys-subsystem-net-devices-enp65s0f0np0.device" ];
        description = "Settings of the card of the interface enp65s0f0np0";
        restartIfChanged = false;
        serviceConfig = {
          ExecStart = [
            "-${pkgs.ethtool}/bin/ethtool -s enp65s0f0np0 speed 25000 autoneg off"
            "-${pkgs.ethtool}/bin/ethtool -K enp65s0f0np0 rx-vlan-filter off"
          ];
          RemainAfterExit = true;
          Type = "oneshot";
        };
        wantedBy = [ "sys-subsystem-net-devices-enp65s0f0np0.device" ];
      };
      # /etc/network/interfaces:13 (network/hook_services)
      network-enp65s0f1np1-hardware = {
        after = [
          "sys-subsystem-net-devices-enp65s0f1np1.device"
          "systemd-networkd.service"
        ];
        before = [
          "incus.service"
          "libvirtd.service"
          "pve-guests.service"
        ];
        bindsTo = [ "sys-subsystem-net-devices-enp65s0f1np1.device" ];
        description = "Card of the interface enp65s0f1np1";
        restartIfChanged = false;
        serviceConfig = {
          ExecStart = [ "-${pkgs.ethtool}/bin/ethtool -K enp65s0f1np1 tso off gso off" ];
          RemainAfterExit = true;
          Type = "oneshot";
        };
        wantedBy = [ "sys-subsystem-net-devices-enp65s0f1np1.device" ];
      };
      # /etc/network/interfaces:68 (network/hook_services)
      network-vmbr10-filter = {
        after = [
          "sys-subsystem-net-devices-vmbr10.device"
          "systemd-networkd.service"
          "nftables.service"
        ];
        before = [
          "incus.service"
          "libvirtd.service"
          "pve-guests.service"
        ];
        bindsTo = [ "sys-subsystem-net-devices-vmbr10.device" ];
        description = "Filters of the interface vmbr10";
        restartIfChanged = false;
        serviceConfig = {
          ExecStart = [
            "-${pkgs.iptables}/bin/iptables -t nat -A PREROUTING -i vmbr0 -p tcp -m multiport --dports 80,443 -j DNAT --to 10.10.0.20"
          ];
          RemainAfterExit = true;
          Type = "oneshot";
        };
        wantedBy = [ "sys-subsystem-net-devices-vmbr10.device" ];
      };
      # /etc/nftables.conf:3,5-8,10-12, config file /etc/nftables.conf, unit nftables.service
      # (firewall/own_filter)
      own-filter = {
        after = [
          "systemd-modules-load.service"
          "local-fs.target"
        ];
        before = [ "network-pre.target" ];
        description = "Packet filters of the owner";
        path = [
          pkgs.gnused
          pkgs.iptables
          pkgs.nftables
        ];
        restartIfChanged = false;
        script = ''
          sed '/^[[:blank:]]*flush[[:blank:]]\+ruleset/d' /var/lib/pve2nix/etc/nftables.conf | nft -f -
        '';
        serviceConfig = {
          RemainAfterExit = true;
          Type = "oneshot";
        };
        unitConfig.DefaultDependencies = false;
        wantedBy = [ "multi-user.target" ];
        wants = [ "network-pre.target" ];
      };
      # host edge1 (conversion/guard)
      pve2nix-committed = {
        after = [ "local-fs.target" ];
        description = "Journal of a commit that was cut off";
        restartIfChanged = false;
        serviceConfig = {
          ExecStart = "/var/lib/pve2nix/guard/pve2nix guard --finish";
          Type = "oneshot";
        };
        unitConfig = {
          ConditionKernelCommandLine = "!pve2nix.trial";
          ConditionPathExists = "/var/lib/pve2nix/guard/trial.json";
        };
        wantedBy = [ "multi-user.target" ];
      };
      pve2nix-guard = {
        after = [ "systemd-remount-fs.service" ];
        before = [ "sysinit.target" ];
        description = "Back to Proxmox VE, unless the trial is committed";
        restartIfChanged = false;
        serviceConfig = {
          ExecStart = "/var/lib/pve2nix/guard/pve2nix guard";
          OOMScoreAdjust = -1000;
          Restart = "always";
          RestartPreventExitStatus = 0;
          RestartSec = 1;
          RuntimeDirectory = "pve2nix-guard";
          StandardError = "journal+console";
          StandardOutput = "journal+console";
          TimeoutStartSec = 60;
          Type = "notify";
          WatchdogSec = 120;
        };
        unitConfig = {
          ConditionKernelCommandLine = "pve2nix.trial";
          ConditionPathExists = "/var/lib/pve2nix/guard/trial.json";
          DefaultDependencies = false;
          RequiresMountsFor = "/var/lib/pve2nix";
          StartLimitAction = "reboot";
          StartLimitBurst = 20;
          StartLimitIntervalSec = 120;
        };
        wantedBy = [ "sysinit.target" ];
      };
      pve2nix-unguarded = {
        description = "Restart of a trial without a guard";
        serviceConfig = {
          ExecStart = "${config.systemd.package}/bin/systemctl --no-block reboot";
          Type = "oneshot";
        };
        unitConfig = {
          ConditionPathExists = [
            "!/run/pve2nix-guard"
            "!/var/lib/pve2nix/guard/committed"
          ];
          DefaultDependencies = false;
        };
      };
      # /etc/radvd.conf:1,3-4,6-7, config file /etc/radvd.conf, unit radvd.service
      # (network/prefix_announcer)
      radvd = {
        after = [ "network-online.target" ];
        description = "Router advertisements for other machines";
        serviceConfig = {
          ExecReload = "${pkgs.coreutils}/bin/kill -HUP $MAINPID";
          ExecStart = "${pkgs.radvd}/bin/radvd --nodaemon --logmethod stderr --config /var/lib/pve2nix/etc/radvd.conf";
          Restart = "on-failure";
        };
        unitConfig.ConditionPathExists = "/var/lib/pve2nix/etc/radvd.conf";
        wantedBy = [ "multi-user.target" ];
        wants = [ "network-online.target" ];
      };
      # /etc/network/interfaces:134-135 (network/wireless)
      supplicant-file-wlp6s0 = {
        before = [ "supplicant-wlp6s0.service" ];
        description = "Name and key of the wireless network of wlp6s0";
        path = [ pkgs.gawk ];
        requiredBy = [ "supplicant-wlp6s0.service" ];
        script = ''
          umask 077
          mkdir -p /run/supplicant
          gawk -v name=wlp6s0 ''\'
          $1 == "iface" { inside = $2 == name; next }
          $1 ~ /^(auto|allow-.*|no-auto-down|no-scripts|source|source-directory|mapping|rename)$/ { inside = 0; next }
          inside && $1 ~ /^wpa-(ssid|psk|key-mgmt|proto|pairwise|group|scan-ssid)$/ {
            key = substr($1, 5)
            gsub("-", "_", key)
            value = $0
            sub(/^[ \t]*[^ \t]+[ \t]+/, "", value)
            sub(/[ \t\r]+$/, "", value)
            if (value ~ /^".+"$/) value = substr(value, 2, length(value) - 2)
            if (key == "ssid" || (key == "psk" && value !~ /^[0-9A-Fa-f]{64}$/)) value = "\"" value "\""
            found[key] = value
          }
          END {
            if (!("ssid" in found) || !("psk" in found)) exit 1
            print "network={"
            for (key in found) print "  " key "=" found[key]
            print "}"
          }
          ' /var/lib/pve2nix/etc/network/interfaces > /run/supplicant/wlp6s0.conf
        '';
        serviceConfig = {
          RemainAfterExit = true;
          Type = "oneshot";
        };
      };
      # hardware 0000:41:00.0 (network/virtual_functions)
      virtual-functions = {
        after = [ "systemd-udev-trigger.service" ];
        before = [
          "incus.service"
          "libvirtd.service"
          "pve-guests.service"
        ];
        description = "Virtual functions of network cards";
        restartIfChanged = false;
        script = ''
          card=/sys/bus/pci/devices/0000:41:00.0
          for second in $(seq 60); do
            if [ -d "$card/net" ]; then break; fi
            sleep 1
          done
          if [ "$(cat "$card/sriov_numvfs")" = 0 ]; then
            echo 2 > "$card/sriov_numvfs"
          fi
        '';
        serviceConfig = {
          RemainAfterExit = true;
          Type = "oneshot";
        };
        wantedBy = [ "multi-user.target" ];
      };
      # unit wg-quick@wg0.service (services/tunnels)
      wg-quick-wg0.path = [ pkgs.iptables ];
    };
    # host edge1 (conversion/guard)
    timers.pve2nix-unguarded = {
      description = "Back to Proxmox VE from a trial without a guard";
      timerConfig = {
        AccuracySec = "1s";
        OnBootSec = [
          "20min"
          "30min"
          "45min"
          "60min"
          "90min"
          "120min"
          "180min"
        ];
      };
      unitConfig = {
        ConditionKernelCommandLine = "pve2nix.trial";
        DefaultDependencies = false;
      };
      wantedBy = [ "sysinit.target" ];
    };
    tmpfiles = {
      # package ifupdown2 (network/ifupdown_commands)
      rules = [
        "L /usr/local/bin/ifdown - - - - /etc/ifupdown/commands"
        "L /usr/local/bin/ifquery - - - - /etc/ifupdown/commands"
        "L /usr/local/bin/ifreload - - - - /etc/ifupdown/commands"
        "L /usr/local/bin/ifup - - - - /etc/ifupdown/commands"
      ];
      settings = {
        # notification mail-to-root (notifications/templates)
        "10-notification-templates"."/usr/share/pve-manager"."L+".argument =
          "${config.services.proxmox-ve.package}/share/pve-manager";
        # /etc/pve/nodes/edge1/qemu-server/100.conf, /etc/pve/nodes/edge1/qemu-server/101.conf,
        # /etc/pve/nodes/edge1/qemu-server/102.conf, /etc/pve/nodes/edge1/qemu-server/103.conf
        # (guests/programs)
        "10-qm"."/usr/sbin/qm"."L+".argument = "/run/current-system/sw/bin/qm";
        # notification mail-to-root (notifications/sendmail)
        "10-sendmail"."/usr/sbin/sendmail"."L+".argument = "/run/wrappers/bin/sendmail";
      };
    };
  };
}
