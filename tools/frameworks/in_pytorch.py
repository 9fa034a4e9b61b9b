"""The first iteration of the worked example, in PyTorch: printed as JSON by the last line."""
import json

import torch

usual = str(torch.get_default_dtype()).removeprefix("torch.")
# ---- data ----
torch.set_default_dtype(torch.float64)  # float32, if you say nothing
x = torch.tensor([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
y = torch.tensor([[0.0], [0.0], [0.0], [1.0]])
# ---- weights ----
hidden, output = torch.nn.Linear(2, 2), torch.nn.Linear(2, 1)
with torch.no_grad():  # a Linear keeps its weights transposed
    hidden.weight.copy_(torch.tensor([[0.3, -0.1], [0.2, 0.4]]).T)
    hidden.bias.copy_(torch.tensor([0.1, -0.2]))
    output.weight.copy_(torch.tensor([[0.5], [-0.3]]).T)
    output.bias.copy_(torch.tensor([0.1]))
# ---- held ----
held = hidden.weight.tolist()
# ---- forward ----
net = torch.nn.Sequential(
    hidden, torch.nn.Sigmoid(), output, torch.nn.Sigmoid())
a2 = net(x)
# ---- loss ----
E = 0.5 * torch.nn.MSELoss(reduction="sum")(a2, y)
# ---- slopes ----
net.zero_grad()
E.backward()
# ---- update ----
optimizer = torch.optim.SGD(net.parameters(), lr=0.5)
optimizer.step()
# ---- kept ----
layers = {"1": hidden, "2": output}
slopes = {f"dE_d{p}{k}": (v.weight if p == "w" else v.bias).grad.T.tolist() for k, v in layers.items() for p in "wb"}
new = {f"new_{p}{k}": (v.weight if p == "w" else v.bias).detach().T.tolist() for k, v in layers.items() for p in "wb"}
hidden.load_state_dict({"weight": torch.tensor(held), "bias": torch.tensor([0.1, -0.2])})
output.load_state_dict({"weight": torch.tensor([[0.5, -0.3]]), "bias": torch.tensor([0.1])})
net.zero_grad()
unasked = torch.nn.MSELoss()(net(x), y)
unasked.backward()
print(json.dumps({"version": torch.__version__, "w1": held, "values": {"E": E.item(), **slopes, **new},
                  "unasked": {"precision": usual, "E": unasked.item(), "dE_dw2": output.weight.grad.T.tolist()}}))
