{ ... }:
{
  # The configuration that plan.json names: apply looks for it in the system that was built.
  environment.etc."pve2nix/configuration".text =
    "a2687f6db56ba373afa9a5b5d702c831b634ecd5e7e599a077d392ee8dd452d8\n";
}
