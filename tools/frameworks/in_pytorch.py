"""The first iteration of the worked example, in PyTorch: printed as JSON by the last line."""
import json

import torch

# ---- the iteration ----
torch.set_default_dtype(torch.float64)
x = torch.tensor([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
y = torch.tensor([[0.0], [0.0], [0.0], [1.0]])
hidden, output = torch.nn.Linear(2, 2), torch.nn.Linear(2, 1)
with torch.no_grad():  # a Linear keeps its weights transposed
    hidden.weight.copy_(torch.tensor([[0.3, -0.1], [0.2, 0.4]]).T)
    hidden.bias.copy_(torch.tensor([0.1, -0.2]))
    output.weight.copy_(torch.tensor([[0.5], [-0.3]]).T)
    output.bias.copy_(torch.tensor([0.1]))
net = torch.nn.Sequential(hidden, torch.nn.Sigmoid(), output, torch.nn.Sigmoid())
optimizer = torch.optim.SGD(net.parameters(), lr=0.5)
E = 0.5 * torch.nn.MSELoss(reduction="sum")(net(x), y)  # the mean, without the ½, if you say nothing
optimizer.zero_grad()
E.backward()
optimizer.step()
# ---- what is kept ----
layers = {"1": hidden, "2": output}
slopes = {f"dE_d{p}{k}": (v.weight if p == "w" else v.bias).grad.T.tolist() for k, v in layers.items() for p in "wb"}
new = {f"new_{p}{k}": (v.weight if p == "w" else v.bias).detach().T.tolist() for k, v in layers.items() for p in "wb"}
print(json.dumps({"version": torch.__version__, "precision": "float64", "shape of w1": list(hidden.weight.shape),
                  "values": {"E": E.item(), **slopes, **new}}))
