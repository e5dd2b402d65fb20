{ ... }:
{
  # The configuration that plan.json names: apply looks for it in the system that was built.
  environment.etc."pve2nix/configuration".text =
    "870407dd48aaf887daa9d49f852026d7949ac4144dcdf8f7bb80ee70f547954e\n";
}
