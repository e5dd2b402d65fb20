{ ... }:
{
  # The configuration that plan.json names: apply looks for it in the system that was built.
  environment.etc."pve2nix/configuration".text =
    "cfe084f563099e6ae8cc811186431b3b6f1b24b69f0b3f14012a54475d8a6eb7\n";
}
