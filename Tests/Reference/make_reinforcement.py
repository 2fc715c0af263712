"""Gymnasium's environments: transition tables, and what seeds and actions lead to; and the 10-armed testbed in plain NumPy."""
import json
from importlib.metadata import version

import gymnasium as gym
import numpy as np
from reference import save


def table(name, **options):
    env = gym.make(name, **options).unwrapped
    rows = [[[[float(p), int(n), float(r), bool(t)] for p, n, r, t in env.P[s][a]] for a in range(env.action_space.n)]
            for s in range(env.observation_space.n)]
    return {"outcomes": rows, "starts": [float(p) for p in env.initial_state_distrib]}


def walk(name, seed, steps, exact=False, **options):
    """Random actions, going on with a reset without a seed after each end."""
    env = gym.make(name, **options)
    actions = np.random.default_rng(seed + 1000).integers(0, env.action_space.n, steps)

    def seen(observation):
        value = env.unwrapped.state if exact else observation
        return [float(v) for v in np.atleast_1d(value)]

    observation, _ = env.reset(seed=seed)
    starts, log = [seen(observation)], []
    for action in actions:
        observation, reward, terminated, truncated, _ = env.step(int(action))
        log.append([seen(observation), float(reward), bool(terminated), bool(truncated)])
        if terminated or truncated:
            observation, _ = env.reset()
            starts.append(seen(observation))
    return {"name": name, "seed": seed, "actions": [int(a) for a in actions], "starts": starts, "steps": log}


def testbed(problems=2000, pulls=1000, arms=10, seed=1):
    """The mean reward and the share of best actions at the last pull of sample-average epsilon-greedy agents."""
    rng = np.random.default_rng(seed)
    results = {}
    for epsilon in (0.0, 0.01, 0.1):
        means = rng.normal(size=(problems, arms))
        best = means.argmax(axis=1)
        q, n = np.zeros((problems, arms)), np.zeros((problems, arms))
        rewards, hits = np.zeros(problems), np.zeros(problems)
        for pull in range(pulls):
            greedy = (q + 1e-9 * rng.random(q.shape)).argmax(axis=1)
            arm = np.where(rng.random(problems) < epsilon, rng.integers(0, arms, problems), greedy)
            reward = means[np.arange(problems), arm] + rng.normal(size=problems)
            n[np.arange(problems), arm] += 1
            q[np.arange(problems), arm] += (reward - q[np.arange(problems), arm]) / n[np.arange(problems), arm]
            if pull >= pulls - 100:
                rewards += reward / 100
                hits += (arm == best) / 100
        results[str(epsilon)] = {
            "reward": rewards.mean(), "rewardError": rewards.std() / problems**0.5,
            "hits": hits.mean(), "hitsError": hits.std() / problems**0.5}
    return results


tables = {
    "lake": table("FrozenLake-v1"), "lake8": table("FrozenLake-v1", map_name="8x8"),
    "firmLake": table("FrozenLake-v1", is_slippery=False), "halfLake": table("FrozenLake-v1", success_rate=0.5),
    "cliff": table("CliffWalking-v1"), "slipperyCliff": table("CliffWalkingSlippery-v1"), "taxi": table("Taxi-v4")}
walks = [
    walk("FrozenLake-v1", 3, 300), walk("FrozenLake8x8-v1", 4, 300), walk("CliffWalking-v1", 5, 100), walk("Taxi-v4", 6, 450),
    walk("Blackjack-v1", 7, 300), walk("CartPole-v1", 42, 150, exact=True), walk("MountainCar-v0", 8, 250, exact=True)]
save("MartletReinforcement", "environments", {"gymnasium": version("gymnasium"), "tables": tables, "walks": walks})
save("MartletReinforcement", "testbed", {"agents": testbed()})
path = __import__("pathlib").Path(__file__).resolve().parents[1] / "MartletReinforcementTests/Reference/environments.json"
path.write_text(json.dumps(json.loads(path.read_text()), separators=(",", ":")) + "\n")
