"""What a sweep tries next, given what its trials have reached: a Gaussian process and the expected improvement.

Reads JSON on standard input: {"dimensions": [{"choices": 3} | {}], "observed": [{"at": [0..1], "score": number | null}], "seed": 0}
and writes places to go on with, the best first, each a list of numbers from 0 to 1. Different places may mean the same
values: who asks knows which. A score of null is of a trial that is under way.
"""

import json
import sys
import warnings


def main():
    try:
        import numpy as np
        from sklearn.exceptions import ConvergenceWarning
        from sklearn.gaussian_process import GaussianProcessRegressor
        from sklearn.gaussian_process.kernels import ConstantKernel, Matern, WhiteKernel
    except ImportError:
        sys.exit("bayesian sampling needs scikit-learn in the environment of the trial")
    if "--check" in sys.argv:
        print("[]")
        return
    asked = json.load(sys.stdin)
    dimensions, observed = asked["dimensions"], asked["observed"]
    random = np.random.RandomState(asked["seed"] % 2**32)
    known = [each for each in observed if each["score"] is not None]
    candidates = random.uniform(size=(2000, len(dimensions)))
    if len(known) < 2:
        print(json.dumps(candidates.tolist()))
        return
    scores = np.array([each["score"] for each in known], dtype=float)
    spread = scores.std() or 1.0
    scaled = (scores - scores.mean()) / spread
    # A trial that is under way is taken to end up in the middle: the next one looks elsewhere.
    places = [each["at"] for each in known] + [each["at"] for each in observed if each["score"] is None]
    values = np.concatenate([scaled, np.zeros(len(places) - len(known))])
    best_at = np.array(known[int(scores.argmax())]["at"])
    near = np.clip(best_at + random.normal(scale=0.1, size=(500, len(dimensions))), 0, 1 - 1e-9)
    candidates = np.vstack([candidates, near])
    kernel = ConstantKernel(1.0) * Matern(length_scale=0.3, nu=2.5) + WhiteKernel(1e-4)
    process = GaussianProcessRegressor(kernel, normalize_y=False, n_restarts_optimizer=1, random_state=random)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        process.fit(_features(np, np.array(places), dimensions), values)
        mean, deviation = process.predict(_features(np, candidates, dimensions), return_std=True)
    from scipy.stats import norm

    gain = mean - scaled.max() - 0.01
    ratio = gain / np.maximum(deviation, 1e-9)
    improvement = gain * norm.cdf(ratio) + deviation * norm.pdf(ratio)
    print(json.dumps(candidates[np.argsort(-improvement)].tolist()))


def _features(np, places, dimensions):
    """A choice has no order: each of its values is a direction of its own."""
    columns = []
    for index, dimension in enumerate(dimensions):
        count = dimension.get("choices")
        if count is None:
            columns.append(places[:, index : index + 1])
        else:
            chosen = np.minimum((places[:, index] * count).astype(int), count - 1)
            columns.append(np.eye(count)[chosen] / 2**0.5)
    return np.hstack(columns)


if __name__ == "__main__":
    main()
