{ pkgs, ... }:
{
  services.openssh = {
    # package openssh-server, unit ssh.service (catalog/units_debian.cue:819, users/sshd)
    enable = true;
    # package openssh-server (system/state_files)
    hostKeys = [
      {
        bits = 4096;
        path = "/etc/ssh/ssh_host_rsa_key";
        type = "rsa";
      }
      {
        path = "/etc/ssh/ssh_host_ecdsa_key";
        type = "ecdsa";
      }
      {
        path = "/etc/ssh/ssh_host_ed25519_key";
        type = "ed25519";
      }
    ];
    settings = {
      # /etc/ssh/sshd_config:2 (users/sshd)
      PermitRootLogin = "yes";
      # /etc/ssh/sshd_config:3 (users/sshd)
      UsePAM = true;
    };
  };

  users = {
    groups = {
      # package corosync-qnetd, unit corosync-qnetd.service (cluster/quorum_server)
      coroqnetd.members = [ ];
      # /etc/group:6 (users/accounts)
      pi = {
        gid = 1000;
        members = [ ];
      };
    };
    # users/accounts
    mutableUsers = true;
    users = {
      # package corosync-qnetd, unit corosync-qnetd.service (cluster/quorum_server)
      coroqnetd = {
        group = "coroqnetd";
        isSystemUser = true;
      };
      pi = {
        # /etc/passwd:5 (users/accounts)
        description = "Pia Wieser";
        # /etc/group:5 (users/accounts)
        extraGroups = [ "wheel" ];
        # /etc/passwd:5 (users/accounts)
        group = "pi";
        home = "/home/pi";
        isNormalUser = true;
        shell = pkgs.bashInteractive;
        uid = 1000;
      };
    };
  };
}
