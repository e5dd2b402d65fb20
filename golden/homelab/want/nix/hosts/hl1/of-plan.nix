{ ... }:
{
  # The configuration that plan.json names: apply looks for it in the system that was built.
  environment.etc."pve2nix/configuration".text =
    "f26334b77aebec06b671becfd20563db5b4764c2077b7931f894796de775c699\n";
}
