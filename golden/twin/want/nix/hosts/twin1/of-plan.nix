{ ... }:
{
  # The configuration that plan.json names: apply looks for it in the system that was built.
  environment.etc."pve2nix/configuration".text =
    "157ef464557231c1165d9f406774ba401f17d9330fc6f4865f85ef1be4ea246a\n";
}
