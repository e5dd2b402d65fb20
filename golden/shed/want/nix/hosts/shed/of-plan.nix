{ ... }:
{
  # The configuration that plan.json names: apply looks for it in the system that was built.
  environment.etc."pve2nix/configuration".text =
    "ca6aa8793df95e0fe7d6c6aa38d6a5785142cc3c59b8f7e002557f7c647fd822\n";
}
