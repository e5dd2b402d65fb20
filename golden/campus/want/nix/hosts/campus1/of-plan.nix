{ ... }:
{
  # The configuration that plan.json names: apply looks for it in the system that was built.
  environment.etc."pve2nix/configuration".text =
    "1d4ebbb6338f3e8f3916076eb10a10ed8d58ed8e7d237fb52a76a9c16eadbcc4\n";
}
