{ ... }:
{
  # The configuration that plan.json names: apply looks for it in the system that was built.
  environment.etc."pve2nix/configuration".text =
    "326f33d71de4b283bf743618344bb254f56def1bf269fdf1a50159147d9cd9e6\n";
}
