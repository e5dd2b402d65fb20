{ ... }:
{
  # The configuration that plan.json names: apply looks for it in the system that was built.
  environment.etc."pve2nix/configuration".text =
    "251ff2439e52e601caf6fc4183f5523646d2993603e4140e223c0a00009a5e46\n";
}
