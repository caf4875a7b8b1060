locals {
  if_only  = "a%{ if var.x }b%{ endif }c"
  if_else  = "%{ if var.x == "y" }yes%{ else }no ${var.x}%{ endif }"
  for_list = "%{ for item in var.items }<${item}>%{ endfor }"
  for_map  = "%{ for key, value in var.map ~}  ${key}=${value};  %{~ endfor }"
  nested   = "%{ for a in var.a }%{ if a != null }${a}%{ for b in a }${b}%{ endfor }%{ endif }%{ endfor }"
  trimmed  = "  ${~ var.x ~}  b  %{~ if true ~}  c  %{~ endif ~}  d"

  lines = <<-EOT
    begin
    %{ for item in var.items ~}
    - ${item}
    %{ endfor ~}
    %{ if var.x }
    x
    %{ else }
      not x
    %{ endif }
    end
  EOT
}
